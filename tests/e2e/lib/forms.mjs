// Forms by the letter: what a client would hide is written out.

export const kBoundary = 'e2e-boundary';
export const kFormType = `multipart/form-data; boundary=${kBoundary}`;

// parts: [{name, filename, type, content, disposition (instead of name and filename)}]; strings, or
// Buffers where they are no text.
export function formBytes(parts, { end = `--${kBoundary}--\r\n` } = {}) {
  const pieces = parts.map(({ name, filename, type, content = '', disposition }) => {
    const said = disposition ?? `form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`;
    const typed = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    const bytes = [`--${kBoundary}\r\nContent-Disposition: `, said, `\r\n${typed}\r\n`, content, '\r\n'];
    return Buffer.concat(bytes.map((piece) => Buffer.from(piece)));
  });
  return Buffer.concat([...pieces, Buffer.from(end)]);
}
