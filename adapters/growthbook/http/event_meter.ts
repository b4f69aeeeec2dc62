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
    let start = isAfterReturn && text.startsWith("\n") ? 1 : 0;
    const ends = /\r\n?|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      line += end.index - start;
      size = line === 0 ? 0 : size + line + lineCost;
      if (size > limit) return true;
      line = 0;
      start = ends.lastIndex;
    }
    line += text.length - start;
    if (text !== "") isAfterReturn = text.endsWith("\r");
    return size + line > limit;
  };
}
