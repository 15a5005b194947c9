/** Values that were written before: of any type, an element `val`; and what was read of an object, without the element around it. */
import type { MoRef } from '../model/value.ts';

export class WrittenValue {
  readonly xml: string;

  constructor(xml: string) {
    this.xml = xml;
  }
}

export class WrittenContent {
  readonly obj: MoRef;
  readonly xml: string;

  constructor(obj: MoRef, xml: string) {
    this.obj = obj;
    this.xml = xml;
  }
}
