import type { RedisScript } from "../client/create_script.ts";
import { eventOverhead, logScript } from "./log_script.ts";

/**
 * Appends events. Arguments: the lane, the age of exposures, the channel to publish to, whether to
 * write also where there is nothing new, and for each event its id, its mark and its text. Gives for
 * each the position of a new event, or a text: `r` and the position of the exposure that it repeats, `k`,
 * the position and the text of the event that was there, `p` and the position of one that was pruned.
 */
export const appendScript: RedisScript = logScript(`
local lane, age = ARGV[6], tonumber(ARGV[7])
local ids = base .. "ids:" .. epoch
local begin = last
local given, marked = {}, {}
local records, newIds, newMarks, later = {}, {}, {}, {}
local result = {}
stamp = math.max(stamp, now)
local head = lane .. "\\n" .. text(stamp) .. "\\n"
for index = 10, #ARGV, 3 do
  local id, mark = ARGV[index], ARGV[index + 1]
  local known = given[id] or tonumber(redis.call("HGET", ids, id) or "")
  local repeated
  if not known and mark ~= "" and age > 0 then
    repeated = marked[mark]
    if not repeated then
      local user, shown = string.sub(mark, 1, 9), string.sub(mark, 10)
      local found = redis.call("HGET", base .. "m:" .. epoch .. ":" .. user, shown)
      if found then
        local position, time = string.match(found, "^(%d+) (%d+)$")
        time = tonumber(time)
        if time > now then
          later[#later + 1] = { user, shown, position }
          time = now
        end
        if now - time < age then repeated = tonumber(position) end
      end
    end
  end
  if known then
    local record
    if known > begin then
      record = records[known - begin]
    elseif known >= first then
      record = recordAt(known)
    end
    result[#result + 1] = record and "k" .. text(known) .. "\\n" .. record or "p" .. text(known)
  elseif repeated then
    result[#result + 1] = "r" .. text(repeated)
  else
    last = last + 1
    local record = head .. id .. "\\n" .. ARGV[index + 2] .. "\\n" .. mark
    records[#records + 1] = record
    bytes = bytes + #record + ${eventOverhead}
    given[id] = last
    newIds[#newIds + 1] = id
    newIds[#newIds + 1] = text(last)
    if mark ~= "" and age > 0 then
      marked[mark] = last
      newMarks[#newMarks + 1] = { mark, last }
    end
    result[#result + 1] = last
  end
end
if #records == 0 and #later == 0 and ARGV[9] == "" then return answer(result) end
saveMeta()
if ARGV[9] ~= "" then redis.call("HINCRBY", KEYS[1], "asked", 1) end
local at = " " .. text(now)
local function putMark(user, shown, position)
  local key = base .. "m:" .. epoch .. ":" .. user
  redis.call("HSET", key, shown, position .. at)
  if redis.call("PTTL", key) < age then redis.call("PEXPIRE", key, text(math.ceil(age))) end
end
for _, each in ipairs(later) do putMark(each[1], each[2], each[3]) end
if #records == 0 then return answer(result) end
putRecords(records, begin + 1)
putIds(newIds)
for _, each in ipairs(newMarks) do
  putMark(string.sub(each[1], 1, 9), string.sub(each[1], 10), text(each[2]))
end
if lane ~= "" then
  redis.call("XADD", base .. "l:" .. epoch .. ":" .. lane, text(last) .. "-" .. text(#records), "", "")
  redis.call("HSET", base .. "lanes:" .. epoch, lane, text(last))
end
redis.call("PUBLISH", ARGV[8], text(last))
return answer(result)
`);
