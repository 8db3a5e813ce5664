import type { Field, Fields } from '../rules/document/fields.ts';
import type { Description } from '../rules/document/shape.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [key: string]: JsonValue };
type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonSchema;

/** YAML makes numbers and booleans of some texts before a schema sees them. */
const SCALAR = ['string', 'number', 'boolean'] as const;

interface Mode {
  /** Keys may be missing, and null removes: the file changes another one. */
  readonly partial: boolean;
}

/** Turns descriptions into schemas; a construct is defined once and referred to. */
class SchemaWriter {
  readonly definitions: Record<string, JsonSchema> = {};
  readonly #names = new Map<Description, string>();
  readonly #mode: Mode;
  readonly #prefix: string;

  constructor(prefix: string, mode: Mode) {
    this.#prefix = prefix;
    this.#mode = mode;
  }

  fields(fields: Fields, others: Description | undefined, path: string): JsonSchema {
    const entries = Object.entries(fields);
    const needed = this.#mode.partial ? [] : entries.filter(([, { required }]) => required).map(([name]) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, field]) => [name, this.#field(name, field, path)])),
      ...(needed.length === 0 ? {} : { required: needed }),
      additionalProperties: others === undefined ? false : this.of(others, path),
    };
  }

  #field(name: string, { shape, doc, required }: Field<unknown>, path: string): JsonSchema {
    const schema = this.of(shape.describes, `${path}-${name.replaceAll('_', '-')}`);
    const nullable = required && !this.#mode.partial ? schema : orNull(schema);
    return { description: doc, ...nullable };
  }

  of(description: Description, path: string): JsonSchema {
    switch (description.kind) {
      case 'text': {
        const { pattern, example } = description;
        return {
          type: SCALAR,
          ...(pattern === undefined ? {} : { pattern }),
          ...(example === undefined ? {} : { examples: [example] }),
        };
      }
      case 'choice':
        return { enum: description.of };
      case 'flag':
        return { enum: [true, false, 'true', 'false'] };
      case 'literal':
        return { type: SCALAR, examples: [description.example] };
      case 'expression':
        return { type: SCALAR, $comment: `an expression: ${description.type}` };
      case 'list':
        return { type: 'array', items: this.of(description.of, path) };
      case 'map':
        return { type: 'object', additionalProperties: orNull(this.of(description.of, path)) };
      case 'either':
        return { anyOf: description.of.map((each, i) => this.of(each, `${path}-${i + 1}`)) };
      case 'fields':
        return this.#defined(description, path);
    }
  }

  #defined(description: Extract<Description, { kind: 'fields' }>, path: string): JsonSchema {
    let name = this.#names.get(description);
    if (name === undefined) {
      name = `${this.#prefix}${path.replace(/^file-/, '')}`;
      this.#names.set(description, name);
      this.definitions[name] = this.fields(description.fields(), description.others, path);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

/** Nothing behind a key is null to a schema. */
const orNull = (schema: JsonSchema): JsonSchema => {
  if (Object.keys(schema).length === 0) return schema;
  const { type, enum: words, anyOf } = schema;
  if (Array.isArray(words)) return { ...schema, enum: [...words, null] };
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf, { type: 'null' }] };
  if (Array.isArray(type)) return { ...schema, type: [...type, 'null'] };
  if (typeof type === 'string') return { ...schema, type: [type, 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
};

const HEAD = { $schema: 'https://json-schema.org/draft/2020-12/schema' } as const;

/** The schema of a file that stands alone. */
export const fileSchema = (title: string, fields: Fields): JsonSchema => {
  const writer = new SchemaWriter('', { partial: false });
  const top = writer.fields(fields, undefined, 'file');
  return { ...HEAD, title, ...top, $defs: writer.definitions };
};

/** The schema of a file that may be laid over another one, which the key `over` names: then no key must be in it. */
export const layeredSchema = (title: string, fields: Fields, over: string): JsonSchema => {
  const whole = new SchemaWriter('', { partial: false });
  const layer = new SchemaWriter('variant-', { partial: true });
  const definitions = {
    file: whole.fields(fields, undefined, 'file'),
    variant: layer.fields(fields, undefined, 'file'),
  };
  return {
    ...HEAD,
    title,
    type: 'object',
    if: { required: [over] },
    // biome-ignore lint/suspicious/noThenProperty: this is JSON Schema's own word
    then: { $ref: '#/$defs/variant' },
    else: { $ref: '#/$defs/file' },
    $defs: { ...definitions, ...whole.definitions, ...layer.definitions },
  };
};
