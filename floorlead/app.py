"""The pages in the order of their tabs, and nothing else: F-keys come from here.

A page is named by where it lives and loaded when it is first gone to: a start loads the one that is up.
"""

from __future__ import annotations

from floorlead.widgets.page import Door
from floorlead.words import N_

PAGES = (
    Door("today", "f2", N_("Today"), "jr jinri today", "floorlead.today.screen:TodayPage"),
    Door("checks", "f3", N_("Checks"), "jc jiancha card", "floorlead.checks.screen:ChecksPage"),
    Door("ageing", "f4", N_("Ageing"), "kl kuling age", "floorlead.ageing.screen:AgeingPage"),
    Door("cars", "f5", N_("Cars"), "cl cheliang jc jiaoche cars kc kucun", "floorlead.cars.screen:CarsPage"),
    Door("rota", "f6", N_("Rota"), "pb paiban rota", "floorlead.rota.screen:RotaPage", asked=False),
    Door(
        "customers",
        "f7",
        N_("Customers"),
        "kh kehu yx huifang customers followups ld laidian",
        "floorlead.customers.screen:CustomersPage",
    ),
    Door("log", "f8", N_("Log"), "tz taizhang tf tufa ts tousu log incident complaint", "floorlead.log.screen:LogPage"),
    Door("report", "f9", N_("Report"), "rb ribao report", "floorlead.report.screen:ReportPage"),
    Door("people", "", N_("People"), "ry renyuan kq kaoqin", "floorlead.people.screen:PeoplePage"),
    Door(
        "furniture", "", N_("Showroom"), "zt zhanting jj jiaju spots tables", "floorlead.furniture.screen:FurniturePage"
    ),
    Door(
        "advice",
        "",
        N_("Order advice"),
        "dc dingche order advice jy",
        "floorlead.advice.screen:AdvicePage",
        asked=False,
    ),
    Door(
        "stocktake",
        "",
        N_("Stock-take"),
        "pd pandian stocktake",
        "floorlead.stocktake.screen:StocktakePage",
        asked=False,
    ),
    Door(
        "exchange",
        "",
        N_("Files"),
        "wj wenjian dr daoru dc daochu files",
        "floorlead.exchange.screen:ExchangePage",
        asked=False,
    ),
    Door(
        "calendar", "", N_("Calendar"), "rl rili calendar jiari", "floorlead.calendar.screen:CalendarPage", asked=False
    ),
    Door("leave", "", N_("Leave"), "qj qingjia leave", "floorlead.leave.screen:LeavePage", asked=False),
    Door(
        "outings", "", N_("Outings"), "wt waituo outing roadshow", "floorlead.outings.screen:OutingsPage", asked=False
    ),
    Door(
        "training",
        "",
        N_("Training"),
        "px peixun training xz xianzhi idle",
        "floorlead.training.screen:TrainingPage",
        asked=False,
    ),
    Door("queue", "", N_("Turns"), "sw shunwei jd jiedai queue turn", "floorlead.queue.screen:QueuePage", asked=False),
    Door(
        "spotchecks",
        "",
        N_("Spot checks"),
        "lc liucheng cc choucha process",
        "floorlead.spotchecks.screen:SpotchecksPage",
        asked=False,
    ),
    Door(
        "talks",
        "",
        N_("Talk tracks"),
        "hs huashu jp jingpin rivals talk",
        "floorlead.talks.screen:TalksPage",
        asked=False,
    ),
    Door("targets", "", N_("Targets"), "mb mubiao targets", "floorlead.targets.screen:TargetsPage", asked=False),
    Door(
        "meetings",
        "",
        N_("Meetings"),
        "chenhui ch xh xihui meeting",
        "floorlead.meetings.screen:MeetingsPage",
        asked=False,
    ),
    Door("kpi", "", N_("Figures"), "zb zhibiao kpi", "floorlead.kpi.screen:KpiPage", asked=False),
    Door(
        "appraisal",
        "",
        N_("Appraisal"),
        "yd yuedu kaohe appraisal",
        "floorlead.appraisal.screen:AppraisalPage",
        asked=False,
    ),
    Door("items", "", N_("Check items"), "xm xiangmu jcx items", "floorlead.checks.items:ItemsPage"),
    Door("history", "", N_("History"), "ls lishi history log", "floorlead.history.screen:HistoryPage"),
    Door("settings", "", N_("Settings"), "sz shezhi settings", "floorlead.options.screen:OptionsPage"),
    Door("welcome", "", N_("First start"), "", "floorlead.setup.screen:WelcomePage", listed=False),
)
