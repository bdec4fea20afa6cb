"""Tables from and to other programs' files: CSV in any encoding, XLSX, XLS."""
