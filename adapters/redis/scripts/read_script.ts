import type { RedisScript } from "../client/create_script.ts";
import { blockSize, logScript } from "./log_script.ts";

/** How many positions without an event are passed at once. */
const mostMissing = 5_000;

/**
 * Reads events. Arguments: the position after which, how many, the lane or `""`, and how many bytes.
 * Gives the position up to which it came, how many events are missing that should be there, and then
 * positions and texts in turn.
 */
export const readScript: RedisScript = logScript(`
local limit, lane, room = tonumber(ARGV[7]), ARGV[8], tonumber(ARGV[9])
local at = math.max(tonumber(ARGV[6]) + 1, first)
local missing = 0
local found = { 0, 0 }
local count = 0
local function isRoom()
  return count < limit and room > 0 and missing < ${mostMissing}
end
local function take(position, record)
  if record and record ~= "" then
    found[#found + 1] = position
    found[#found + 1] = record
    count = count + 1
    room = room - #record
  else
    missing = missing + 1
  end
end
if lane == "" then
  while at <= last and isRoom() do
    local offset = (at - 1) % ${blockSize}
    local size = math.min(${blockSize} - offset, limit - count, last - at + 1, 32)
    local rows = redis.call("LRANGE", blockKey(at), offset, offset + size - 1)
    for index = 1, size do take(at + index - 1, rows[index]) end
    at = at + size
  end
else
  local key = base .. "l:" .. epoch .. ":" .. lane
  local isMore = true
  while isMore and isRoom() do
    local runs = redis.call("XRANGE", key, text(at) .. "-0", "+", "COUNT", "32")
    isMore = #runs > 0
    for _, run in ipairs(runs) do
      local to, size = string.match(run[1], "^(%d+)-(%d+)$")
      to = tonumber(to)
      at = math.max(at, to - tonumber(size) + 1)
      while at <= to and isRoom() do
        take(at, recordAt(at))
        at = at + 1
      end
      if at <= to then break end
    end
  end
end
found[1] = math.max(at - 1, 0)
found[2] = missing
return answer(found)
`);
