// Whether a value fits a JSON Schema: the keywords that the server enforces (2020-12), and no others.
//
// The server has made sure of it already; this is for the person to see, by other eyes.

export interface Violation {
  path: string; // JSON Pointer into the value, '' for the whole
  keyword: string;
}

type Schema = Record<string, unknown>;

const kMaxDepth = 64; // a schema may refer to itself
const kMaxViolations = 20;

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return typeof value === type;
  }
}

function follow(root: unknown, pointer: string): unknown {
  if (!pointer.startsWith('#')) return undefined;
  const parts = decodeURIComponent(pointer.slice(1)).split('/').slice(1);
  return parts.reduce<unknown>((at, part) => {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(at) || Array.isArray(at) ? (at as Schema)[key] : undefined;
  }, root);
}

const pointerTo = (path: string, key: string | number): string => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

class Validator {
  readonly violations: Violation[] = [];
  readonly #root: unknown;

  constructor(root: unknown) {
    this.#root = root;
  }

  check(value: unknown, schema: unknown, path: string, depth: number): void {
    if (schema === false) return this.#report(path, 'false');
    if (!isObject(schema) || depth > kMaxDepth || this.violations.length >= kMaxViolations) return;
    if (typeof schema.$ref === 'string') this.check(value, follow(this.#root, schema.$ref), path, depth + 1);
    const types = schema.type === undefined ? [] : [schema.type].flat();
    if (types.length > 0 && !types.some((type) => isOfType(value, type))) return this.#report(path, 'type');
    if ('const' in schema && !same(value, schema.const)) this.#report(path, 'const');
    if (Array.isArray(schema.enum) && !schema.enum.some((item) => same(item, value))) this.#report(path, 'enum');
    if (typeof value === 'number') this.#checkNumber(value, schema, path);
    if (typeof value === 'string') this.#checkString(value, schema, path);
    if (Array.isArray(value)) this.#checkArray(value, schema, path, depth);
    if (isObject(value)) this.#checkObject(value, schema, path, depth);
    this.#checkBranches(value, schema, path, depth);
  }

  #report(path: string, keyword: string): void {
    if (this.violations.length < kMaxViolations) this.violations.push({ path, keyword });
  }

  #bound(schema: Schema, path: string, keyword: string, holds: (bound: number) => boolean): void {
    const bound = schema[keyword];
    if (typeof bound === 'number' && !holds(bound)) this.#report(path, keyword);
  }

  #checkNumber(value: number, schema: Schema, path: string): void {
    this.#bound(schema, path, 'minimum', (bound) => value >= bound);
    this.#bound(schema, path, 'maximum', (bound) => value <= bound);
    this.#bound(schema, path, 'exclusiveMinimum', (bound) => value > bound);
    this.#bound(schema, path, 'exclusiveMaximum', (bound) => value < bound);
    this.#bound(schema, path, 'multipleOf', (step) => Math.abs(value / step - Math.round(value / step)) < 1e-9);
  }

  #checkString(value: string, schema: Schema, path: string): void {
    const length = [...value].length;
    this.#bound(schema, path, 'minLength', (bound) => length >= bound);
    this.#bound(schema, path, 'maxLength', (bound) => length <= bound);
    if (typeof schema.pattern !== 'string') return;
    try {
      if (!new RegExp(schema.pattern, 'u').test(value)) this.#report(path, 'pattern');
    } catch {
      // Not a pattern of this language: the server judges it.
    }
  }

  #checkArray(value: unknown[], schema: Schema, path: string, depth: number): void {
    this.#bound(schema, path, 'minItems', (bound) => value.length >= bound);
    this.#bound(schema, path, 'maxItems', (bound) => value.length <= bound);
    if (schema.uniqueItems === true && new Set(value.map((item) => JSON.stringify(sorted(item)))).size < value.length) this.#report(path, 'uniqueItems');
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
    value.forEach((item, i) => {
      const rule: unknown = i < prefix.length ? prefix[i] : schema.items;
      if (rule !== undefined) this.check(item, rule, pointerTo(path, i), depth + 1);
    });
  }

  #checkObject(value: Schema, schema: Schema, path: string, depth: number): void {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const patterns = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
    const required = Array.isArray(schema.required) ? schema.required : [];
    const keys = Object.keys(value);
    for (const name of required) if (!Object.hasOwn(value, String(name))) this.#report(pointerTo(path, String(name)), 'required');
    this.#bound(schema, path, 'minProperties', (bound) => keys.length >= bound);
    this.#bound(schema, path, 'maxProperties', (bound) => keys.length <= bound);
    for (const key of keys) {
      const at = pointerTo(path, key);
      const rules = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(key)).map(([, rule]) => rule);
      if (Object.hasOwn(properties, key)) rules.push(properties[key]);
      for (const rule of rules) this.check(value[key], rule, at, depth + 1);
      if (rules.length > 0 || schema.additionalProperties === undefined) continue;
      if (schema.additionalProperties === false) this.#report(at, 'additionalProperties');
      else this.check(value[key], schema.additionalProperties, at, depth + 1);
    }
  }

  #fits(value: unknown, schema: unknown, path: string, depth: number): boolean {
    const inner = new Validator(this.#root);
    inner.check(value, schema, path, depth + 1);
    return inner.violations.length === 0;
  }

  #checkBranches(value: unknown, schema: Schema, path: string, depth: number): void {
    const fitting = (list: unknown[]): number => list.filter((branch) => this.#fits(value, branch, path, depth)).length;
    if (Array.isArray(schema.allOf)) for (const branch of schema.allOf) this.check(value, branch, path, depth + 1);
    if (Array.isArray(schema.anyOf) && fitting(schema.anyOf) === 0) this.#report(path, 'anyOf');
    if (Array.isArray(schema.oneOf) && fitting(schema.oneOf) !== 1) this.#report(path, 'oneOf');
    if (schema.not !== undefined && this.#fits(value, schema.not, path, depth)) this.#report(path, 'not');
  }
}

export function violations(value: unknown, schema: unknown): Violation[] {
  const validator = new Validator(schema);
  validator.check(value, schema, '', 0);
  return validator.violations;
}
