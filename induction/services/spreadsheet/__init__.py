"""Files of cells, however a spreadsheet saved them."""
