"""Files in and out: a dealer system's cars, orders and sales come in whole or not at all; every list goes out."""
