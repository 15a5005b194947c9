/** Managed objects: a type is rows of properties and methods, typed by the table; an object is a reference and what the rows work on. */
import type { Managed } from '../table/vim25.d.ts';
import type { Call, Look } from './call.ts';
import { type MoRef, moRef, type VimFault } from './value.ts';

type Answer<Result> = Result | VimFault | Promise<Result | VimFault>;

export type Handler<Self, Shape extends { args: object; result: unknown }> = (
  self: Self,
  args: Shape['args'],
  call: Call,
) => Answer<Shape['result']>;

/** A method whose privilege the table leaves open: one privilege, or `asked` when the handler asks by itself. */
export interface Guarded<Self, Shape extends { args: object; result: unknown }> {
  readonly privilege: string;
  readonly invoke: Handler<Self, Shape>;
}

/** The handler asks for its privileges by itself, since they depend on what it is given. */
export const ASKED = 'asked';

export interface Rows<Self, Type extends { properties: object; methods: object }> {
  readonly properties: {
    readonly [Name in keyof Type['properties']]?: (self: Self, look: Look) => Type['properties'][Name];
  };
  readonly methods: {
    readonly [Name in keyof Type['methods']]?: Type['methods'][Name] extends {
      args: infer Args extends object;
      result: infer Result;
    }
      ? Handler<Self, { args: Args; result: Result }> | Guarded<Self, { args: Args; result: Result }>
      : never;
  };
  /** Properties that are worth keeping for a moment: they are the same for everybody, and what changes in them is told by `changed`, or may be seconds old. */
  readonly kept?: readonly (keyof Type['properties'] & string)[];
  /** While it says so, what is kept changes by `changed` alone. */
  readonly isSteady?: (self: Self) => boolean;
}

export interface ManagedObject {
  readonly ref: MoRef;
  readonly kind: Kind;
  readonly self: unknown;
  /** The key of the session that alone may use it; undefined for what is everybody's. */
  readonly owner: string | undefined;
}

/** A managed type as the dispatcher sees it. */
export interface Kind {
  readonly name: string;
  property(name: string): ((self: unknown, look: Look) => unknown) | undefined;
  method(name: string): { readonly privilege: string | undefined; invoke: AnyHandler } | undefined;
  readonly kept: ReadonlySet<string>;
  isSteady(self: unknown): boolean;
  readonly propertyNames: readonly string[];
  readonly methodNames: readonly string[];
}

export type AnyHandler = (self: unknown, args: object, call: Call) => unknown;

export interface KindOf<Self> extends Kind {
  /** An object of this type. */
  object(id: string, self: Self, owner?: string): ManagedObject;
}

/** Makes a managed type of its rows. */
export function managed<Name extends keyof Managed, Self>(
  name: Name,
  rows: Rows<Self, Managed[Name]>,
): KindOf<Self> {
  type Row = AnyHandler | { readonly privilege: string; readonly invoke: AnyHandler };
  const properties = rows.properties as Readonly<Record<string, (self: unknown, look: Look) => unknown>>;
  const methods = rows.methods as Readonly<Record<string, Row>>;
  const kind: KindOf<Self> = {
    name,
    kept: new Set<string>(rows.kept ?? []),
    isSteady: (self) => rows.isSteady?.(self as Self) ?? false,
    propertyNames: Object.keys(properties),
    methodNames: Object.keys(methods),
    property: (asked) => (Object.hasOwn(properties, asked) ? properties[asked] : undefined),
    method(asked) {
      const row = Object.hasOwn(methods, asked) ? methods[asked] : undefined;
      return typeof row === 'function' ? { privilege: undefined, invoke: row } : row;
    },
    object: (id, self, owner) => ({ ref: moRef(name, id), kind, self, owner }),
  };
  return kind;
}

/** The rows of a type for use in others that descend from it, in the types of those. */
export function guarded<Self, Args extends object, Result>(
  privilege: string,
  invoke: (self: Self, args: Args, call: Call) => Answer<Result>,
): { privilege: string; invoke: (self: Self, args: Args, call: Call) => Answer<Result> } {
  return { privilege, invoke };
}
