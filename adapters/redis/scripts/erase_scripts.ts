import type { RedisScript } from "../client/create_script.ts";
import { blockSize, logScript } from "./log_script.ts";

/**
 * Puts texts into the place of events. Arguments for each: the position, the id there and the text.
 * The marks of those events go. Gives how many that were.
 */
export const replaceScript: RedisScript = logScript(`
local count = 0
for index = 6, #ARGV, 3 do
  local position, id, record = tonumber(ARGV[index]), ARGV[index + 1], ARGV[index + 2]
  local known = position >= first and position <= last and recordAt(position)
  if known and idOf(known) == id then
    local mark = string.match(known, "^[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n(.*)$")
    if mark and mark ~= "" then unmark(mark, position) end
    local lane, time = string.match(known, "^([^\\n]*)\\n([^\\n]*)\\n")
    local text = lane .. "\\n" .. time .. "\\n" .. record
    redis.call("LSET", blockKey(position), (position - 1) % ${blockSize}, text)
    bytes = bytes + #text - #known
    count = count + 1
  end
end
if count > 0 then redis.call("HSET", KEYS[1], "bytes", string.format("%.0f", math.max(0, bytes))) end
return answer({ count })
`);

/**
 * Removes marks of a user, some at a time. Arguments: the beginning of the marks, as a pattern, the span
 * and the cursor to go on from, `""` and 0 at first. Gives those to go on from, or nothing.
 */
export const unmarkScript: RedisScript = logScript(`
local pattern, from, cursor = ARGV[6], tonumber(ARGV[7]), ARGV[8]
for _, span in ipairs(spansSince(0)) do
  if not from or span <= from then
    if span ~= from then cursor = "0" end
    local page = redis.call("HSCAN", markKey(span), cursor, "MATCH", pattern, "COUNT", "5000")
    for index = 1, #page[2], 2 do redis.call("HDEL", markKey(span), page[2][index]) end
    if page[1] ~= "0" then return answer({ text(span), page[1] }) end
  end
end
return answer({})
`);
