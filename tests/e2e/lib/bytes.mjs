// How the tables spell long and binary things: "text", {"hex": "..."}, {"repeat": [part, count]}, or a list of these.

export function toBytes(spec) {
  if (typeof spec === 'string') return Buffer.from(spec);
  if (Array.isArray(spec)) return Buffer.concat(spec.map(toBytes));
  if ('hex' in spec) return Buffer.from(spec.hex.replaceAll(' ', ''), 'hex');
  const [part, count] = spec.repeat;
  const bytes = toBytes(part);
  return Buffer.alloc(bytes.length * count, bytes);
}

// The same inside JSON values: {"repeat": ["text", count]} is a string, {"repeat": [[item], count]} a list.
export function expand(value) {
  if (Array.isArray(value)) return value.map(expand);
  if (value === null || typeof value !== 'object') return value;
  if (!('repeat' in value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expand(inner)]));
  const [part, count] = value.repeat;
  return Array.isArray(part) ? Array.from({ length: count }, (_, i) => part[i % part.length]) : part.repeat(count);
}
