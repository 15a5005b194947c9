/** Values of the API as handlers have them: references, data objects that name their type, faults. */
import type { DataTypes, LocalizedMethodFault, MethodFault, MoRef } from '../table/vim25.d.ts';

export type { MoRef } from '../table/vim25.d.ts';

export const moRef = (type: string, value: string): MoRef => ({ type, value });

export function isMoRef(value: unknown): value is MoRef {
  if (typeof value !== 'object' || value === null || '_type' in value) return false;
  const { type, value: id } = value as Partial<MoRef>;
  return typeof type === 'string' && typeof id === 'string';
}

/** A data object that names its type: for places where a base of it is declared. */
export function data<Name extends keyof DataTypes>(
  _type: Name,
  value: Omit<DataTypes[Name], '_type'>,
): DataTypes[Name] {
  return { ...value, _type } as DataTypes[Name];
}

/** A simple value with its type, where `anyType` is declared and the value alone does not say it. */
export interface TypedValue {
  readonly _type: string;
  readonly value: unknown;
}

export const typed = (type: string, value: unknown): TypedValue => ({ _type: type, value });

type FaultName = {
  [Name in keyof DataTypes]: DataTypes[Name] extends MethodFault ? Name : never;
}[keyof DataTypes];

/** What a method or a task ends with instead of a result. */
export class VimFault {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly message: string;

  constructor(type: string, detail: Readonly<Record<string, unknown>>, message: string) {
    this.type = type;
    this.detail = detail;
    this.message = message;
  }

  /** As data objects have it. */
  get localized(): LocalizedMethodFault {
    return {
      fault: { ...this.detail, _type: this.type },
      localizedMessage: this.message,
    };
  }
}

/** A fault of the table, with what it has to have. */
export function fault<Name extends FaultName>(
  type: Name,
  detail: Omit<DataTypes[Name], '_type'>,
  message: string,
): VimFault {
  return new VimFault(type, detail, message);
}
