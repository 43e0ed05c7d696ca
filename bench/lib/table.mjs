// Rows of results on the terminal, one by one as they come.
const kLeastWidth = 7;

// `columns`: [name, function of a row to text].
export class Table {
  constructor(columns) {
    this.columns = columns;
    this.#print(columns.map(([name]) => name));
    this.#print(columns.map(([name]) => '-'.repeat(Math.max(kLeastWidth, name.length))));
  }

  add(row) {
    this.#print(this.columns.map(([, show]) => show(row)));
  }

  #print(texts) {
    console.log(`| ${texts.map((text, i) => String(text).padStart(Math.max(kLeastWidth, this.columns[i][0].length))).join(' | ')} |`);
  }
}
