/** What a line costs besides its characters: a parser keeps each of them. */
const lineCost = 64;

/**
 * Measures the event that a stream of server-sent events is in the midst of: its characters, and 64
 * more for each of its lines, since an event of many short lines takes the memory of a long one. Gives
 * a function that takes the stream piece by piece, and tells whether an event is larger than `limit`.
 */
export function createEventMeter(limit: number): (text: string) => boolean {
  let size = 0;
  let line = 0;
  // A `\n` that begins a piece ends no line where the piece before ended with `\r`.
  let isAfterReturn = false;
  return (text) => {
    const isRest = isAfterReturn && text.startsWith("\n");
    const lines = (isRest ? text.slice(1) : text).split(/\r\n?|\n/);
    const open = lines.pop() ?? "";
    for (const { length } of lines) {
      line += length;
      size = line === 0 ? 0 : size + line + lineCost;
      if (size > limit) return true;
      line = 0;
    }
    line += open.length;
    if (text !== "") isAfterReturn = text.endsWith("\r");
    return size + line > limit;
  };
}
