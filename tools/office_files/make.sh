#!/bin/sh
# One table by many programs: make.sh DIRECTORY. Needs LibreOffice (soffice), Gnumeric (ssconvert), Node with xlsx@0.18.5, and a Python with
# pandas, pyarrow, openpyxl, xlsxwriter, xlwt, odfpy and dbf ($PYTHON). None of them is needed by the tests: what they wrote is in tests/files.
set -eu
here=$(dirname "$0") out=$1
"${PYTHON:-python3}" "$here/make.py" "$out"
node "$here/sheetjs.js" "$out"
office() { # ending, filter, name
  soffice --headless --convert-to "$1:$2" --outdir "$out/office" "$out/base.xlsx" >/dev/null
  mv "$out/office/base.$1" "$out/libreoffice$3.$1"
}
office xlsx "Calc MS Excel 2007 XML" ""
office xls "MS Excel 97" ""
office ods calc8 ""
office csv "Text - txt - csv (StarCalc):44,34,76,1" _utf8
office csv "Text - txt - csv (StarCalc):44,34,GBK,1" _gbk
for ending in xlsx xls ods; do
  soffice --headless --convert-to $ending --outdir "$out/office" "$out/formats.xlsx" >/dev/null
  mv "$out/office/formats.$ending" "$out/libreoffice_formats.$ending"
  soffice --headless --convert-to $ending --outdir "$out/office" "$out/noughts.xlsx" >/dev/null
  mv "$out/office/noughts.$ending" "$out/libreoffice_noughts.$ending"
done
office html "HTML (StarCalc)" ""
mv "$out/libreoffice.html" "$out/libreoffice_html.xls"
LC_ALL=C.UTF-8 ssconvert -T Gnumeric_Excel:excel_biff8 "$out/base.xlsx" "$out/gnumeric.xls" 2>/dev/null
LC_ALL=C.UTF-8 ssconvert -T Gnumeric_Excel:excel_biff8 "$out/formats.xlsx" "$out/gnumeric_formats.xls" 2>/dev/null
LC_ALL=C.UTF-8 ssconvert "$out/formats.xlsx" "$out/gnumeric_formats.ods" 2>/dev/null
LC_ALL=C.UTF-8 ssconvert "$out/base.xlsx" "$out/gnumeric.xlsx" 2>/dev/null
LC_ALL=C.UTF-8 ssconvert "$out/base.xlsx" "$out/gnumeric.ods" 2>/dev/null
LC_ALL=C.UTF-8 ssconvert "$out/base.xlsx" "$out/gnumeric.csv" 2>/dev/null
rm -r "$out/office"
ls "$out" | wc -l
