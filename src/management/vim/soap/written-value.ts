/** A value of any type that is an element `val` already. */
export class WrittenValue {
  readonly xml: string;

  constructor(xml: string) {
    this.xml = xml;
  }
}
