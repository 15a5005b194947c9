/** A terminal's screen as text: what a console has shown, as a VT102 with colours would show it. Source: ECMA-48. */

export interface Cell {
  readonly character: string;
  /** 0 … 15. */
  readonly foreground: number;
  readonly background: number;
}

type Style = Omit<Cell, 'character'>;

const PLAIN: Style = { foreground: 7, background: 0 };
const TAB = 8;
const MAX_PARAMETERS = 16;
const BRIGHT = 8;

export class Terminal {
  readonly columns: number;
  readonly rows: number;
  #lines: Cell[][];
  #x = 0;
  #y = 0;
  #saved: readonly [x: number, y: number] = [0, 0];
  /** Rows that scroll: first and last. */
  #region: readonly [first: number, last: number];
  #style: Style = PLAIN;
  #isReversed = false;
  /** What has come of a sequence that is not whole yet. */
  #sequence = '';

  constructor(columns = 80, rows = 25) {
    this.columns = columns;
    this.rows = rows;
    this.#region = [0, rows - 1];
    this.#lines = Array.from({ length: rows }, () => this.#emptyLine());
  }

  get cells(): readonly (readonly Cell[])[] {
    return this.#lines;
  }

  /** Where the next character goes. */
  get cursor(): { readonly x: number; readonly y: number } {
    return { x: Math.min(this.#x, this.columns - 1), y: this.#y };
  }

  /** The screen as lines of text. */
  toString(): string {
    return this.#lines
      .map((line) =>
        line
          .map(({ character }) => character)
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }

  write(text: string): void {
    for (const character of text) this.#take(character);
  }

  #take(character: string): void {
    if (this.#sequence !== '') return this.#continue(character);
    if (character === '\x1b') this.#sequence = character;
    else if (character >= ' ' && character !== '\x7f') this.#print(character);
    else this.#control(character);
  }

  #control(character: string): void {
    if (character === '\r') this.#x = 0;
    else if (character === '\n' || character === '\v' || character === '\f') this.#lineFeed();
    else if (character === '\b') this.#x = Math.max(0, Math.min(this.#x, this.columns - 1) - 1);
    else if (character === '\t') this.#x = Math.min(this.columns - 1, (Math.floor(this.#x / TAB) + 1) * TAB);
  }

  #print(character: string): void {
    if (this.#x >= this.columns) {
      this.#x = 0;
      this.#lineFeed();
    }
    (this.#lines[this.#y] as Cell[])[this.#x++] = { character, ...this.#cellStyle };
  }

  get #cellStyle(): Style {
    const { foreground, background } = this.#style;
    return this.#isReversed ? { foreground: background, background: foreground } : this.#style;
  }

  #lineFeed(): void {
    if (this.#y === this.#region[1]) this.#scroll(1);
    else this.#y = Math.min(this.rows - 1, this.#y + 1);
  }

  /** Moves the region's lines up, or down when negative. */
  #scroll(lines: number): void {
    const [first, last] = this.#region;
    const count = Math.min(Math.abs(lines), last - first + 1);
    for (let i = 0; i < count; i++) {
      this.#lines.splice(lines > 0 ? first : last, 1);
      this.#lines.splice(lines > 0 ? last : first, 0, this.#emptyLine());
    }
  }

  #continue(character: string): void {
    this.#sequence += character;
    const kind = this.#sequence[1];
    if (kind === '[') {
      if (this.#sequence.length > 2 && character >= '@' && character <= '~') this.#endControl(character);
      else if (this.#sequence.length > 64) this.#sequence = '';
    } else if (kind === ']' || kind === 'P' || kind === '_' || kind === '^') {
      // Titles and the like end with BEL or ESC \, and show nothing.
      if (character === '\x07' || this.#sequence.endsWith('\x1b\\')) this.#sequence = '';
      else if (this.#sequence.length > 4096) this.#sequence = '';
    } else if (!'()*+#% '.includes(kind ?? '') || this.#sequence.length > 2) {
      this.#sequence = '';
      this.#escape(kind ?? '');
    }
  }

  #escape(kind: string): void {
    if (kind === '7') this.#saved = [this.#x, this.#y];
    else if (kind === '8') [this.#x, this.#y] = this.#saved;
    else if (kind === 'D') this.#lineFeed();
    else if (kind === 'M') this.#reverseLineFeed();
    else if (kind === 'E') this.write('\r\n');
    else if (kind === 'c') this.#clear();
  }

  #reverseLineFeed(): void {
    if (this.#y === this.#region[0]) this.#scroll(-1);
    else this.#y = Math.max(0, this.#y - 1);
  }

  #clear(): void {
    this.#lines = Array.from({ length: this.rows }, () => this.#emptyLine());
    this.#region = [0, this.rows - 1];
    [this.#x, this.#y, this.#style, this.#isReversed] = [0, 0, PLAIN, false];
  }

  #endControl(final: string): void {
    const text = this.#sequence.slice(2, -1);
    this.#sequence = '';
    if (/^[<=>?]/.test(text)) return;
    const given = text.split(/[;:]/, MAX_PARAMETERS).map((word) => Number.parseInt(word, 10));
    const count = Math.max(1, Math.min(given[0] || 1, 10_000));
    this.#CONTROLS[final]?.(count, given);
  }

  // biome-ignore format: a table reads in columns
  readonly #CONTROLS: Readonly<Record<string, (count: number, given: readonly number[]) => void>> = {
    A: (count) => this.#moveTo(this.#x, this.#y - count),
    B: (count) => this.#moveTo(this.#x, this.#y + count),
    C: (count) => this.#moveTo(this.#x + count, this.#y),
    D: (count) => this.#moveTo(this.#x - count, this.#y),
    E: (count) => this.#moveTo(0, this.#y + count),
    F: (count) => this.#moveTo(0, this.#y - count),
    G: (count) => this.#moveTo(count - 1, this.#y),
    d: (count) => this.#moveTo(this.#x, count - 1),
    H: (_, [y, x]) => this.#moveTo((x || 1) - 1, (y || 1) - 1),
    f: (_, [y, x]) => this.#moveTo((x || 1) - 1, (y || 1) - 1),
    J: (_, [how]) => this.#eraseScreen(how || 0),
    K: (_, [how]) => this.#eraseLine(this.#y, how || 0),
    L: (count) => this.#within(() => this.#scroll(-count)),
    M: (count) => this.#within(() => this.#scroll(count)),
    P: (count) => this.#shift(count, 0),
    '@': (count) => this.#shift(0, count),
    X: (count) => this.#fill(this.#y, this.#x, this.#x + count),
    S: (count) => this.#scroll(count),
    T: (count) => this.#scroll(-count),
    m: (_, given) => this.#setStyle(given),
    r: (_, [first, last]) => this.#setRegion((first || 1) - 1, (last || this.rows) - 1),
    s: () => void (this.#saved = [this.#x, this.#y]),
    u: () => void ([this.#x, this.#y] = this.#saved),
  };

  #moveTo(x: number, y: number): void {
    this.#x = Math.max(0, Math.min(this.columns - 1, x));
    this.#y = Math.max(0, Math.min(this.rows - 1, y));
  }

  #eraseScreen(how: number): void {
    for (let y = 0; y < this.rows; y++) {
      if (how >= 2 || (how === 0 && y > this.#y) || (how === 1 && y < this.#y)) this.#eraseLine(y, 2);
    }
    if (how < 2) this.#eraseLine(this.#y, how);
  }

  #eraseLine(y: number, how: number): void {
    this.#fill(y, how === 0 ? this.#x : 0, how === 1 ? this.#x + 1 : this.columns);
  }

  #fill(y: number, from: number, to: number): void {
    const line = this.#lines[y] as Cell[];
    for (let x = from; x < Math.min(to, this.columns); x++) line[x] = { character: ' ', ...this.#style };
  }

  /** Takes characters out at the cursor, or puts blanks in. */
  #shift(out: number, blanks: number): void {
    const line = this.#lines[this.#y] as Cell[];
    const rest = line.splice(this.#x).slice(Math.min(out, this.columns));
    const empty = this.#emptyLine();
    line.push(...empty.slice(0, Math.min(blanks, this.columns)), ...rest, ...empty);
    line.length = this.columns;
  }

  /** Does something with the lines from the cursor to the region's end. */
  #within(action: () => void): void {
    const [first, last] = this.#region;
    if (this.#y < first || this.#y > last) return;
    this.#region = [this.#y, last];
    action();
    this.#region = [first, last];
  }

  #setRegion(first: number, last: number): void {
    if (first >= last || first < 0 || last >= this.rows) return;
    this.#region = [first, last];
    this.#moveTo(0, 0);
  }

  #setStyle(given: readonly number[]): void {
    for (let i = 0; i < given.length; i++) {
      const code = given[i] || 0;
      if (code === 38 || code === 48) {
        const isIndexed = given[i + 1] === 5;
        if (isIndexed && (given[i + 2] ?? 16) < 16) this.#colour(code, given[i + 2] as number);
        i += isIndexed ? 2 : 4;
      } else this.#setOne(code);
    }
  }

  #setOne(code: number): void {
    const { foreground } = this.#style;
    if (code === 0) [this.#style, this.#isReversed] = [PLAIN, false];
    else if (code === 1) this.#colour(38, foreground | BRIGHT);
    else if (code === 22) this.#colour(38, foreground & ~BRIGHT);
    else if (code === 7 || code === 27) this.#isReversed = code === 7;
    else if (code >= 30 && code <= 37) this.#colour(38, (code - 30) | (foreground & BRIGHT));
    else if (code === 39) this.#colour(38, PLAIN.foreground);
    else if (code >= 40 && code <= 47) this.#colour(48, code - 40);
    else if (code === 49) this.#colour(48, PLAIN.background);
    else if (code >= 90 && code <= 97) this.#colour(38, code - 90 + BRIGHT);
    else if (code >= 100 && code <= 107) this.#colour(48, code - 100 + BRIGHT);
  }

  #colour(which: 38 | 48, colour: number): void {
    this.#style = { ...this.#style, [which === 38 ? 'foreground' : 'background']: colour };
  }

  #emptyLine(): Cell[] {
    return Array.from({ length: this.columns }, () => ({ character: ' ', ...PLAIN }));
  }
}
