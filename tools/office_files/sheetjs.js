// The same table by SheetJS: node sheetjs.js DIRECTORY (with base.xlsx in it); npm install xlsx@0.18.5
const path = require('path');
const XLSX = require('xlsx');

const out = process.argv[2];
const book = XLSX.readFile(path.join(out, 'base.xlsx'), { cellDates: false, cellNF: true });
for (const [type, ending] of [['xlsx', '.xlsx'], ['biff8', '.xls'], ['ods', '.ods'], ['xlml', '_xml.xls'], ['html', '_html.xls'], ['txt', '.txt'], ['csv', '.csv']]) {
  XLSX.writeFile(book, path.join(out, `sheetjs${ending}`), { bookType: type });
}
const dated = XLSX.readFile(path.join(out, 'base.xlsx'), { cellDates: true });
XLSX.writeFile(dated, path.join(out, 'sheetjs_dates.xlsx'), { cellDates: true });
