import type { RedisScript } from "../client/create_script.ts";
import { eventOverhead, logScript, markSpan } from "./log_script.ts";

/**
 * Appends events. Arguments: the lane, the age of exposures, the channel to publish to, whether to
 * write also where there is nothing new, the names that the lane was claimed for, each with a line break,
 * and for each event its id, its mark and its text. Gives for each the position of a new event, or a
 * text: `r` and the position of the exposure that it repeats, `k`, the position and the text of the event
 * that was there, `p` and the position of one that was pruned.
 */
export const appendScript: RedisScript = logScript(`
local lane, age = ARGV[6], tonumber(ARGV[7])
local ids = base .. "ids:" .. epoch
local begin = last
local idList, markList = {}, {}
for index = 11, #ARGV, 3 do
  idList[#idList + 1] = ARGV[index]
  if age > 0 and ARGV[index + 1] ~= "" then markList[#markList + 1] = ARGV[index + 1] end
end
local places, marks = {}, {}
each(idList, 1000, function(from, to)
  local found = redis.call("HMGET", ids, unpack(idList, from, to))
  for index = from, to do
    local place = found[index - from + 1]
    if place then places[idList[index]] = tonumber(place) end
  end
end)
if #markList > 0 then
  for _, span in ipairs(spansSince(now - age)) do
    each(markList, 1000, function(from, to)
      local found = redis.call("HMGET", markKey(span), unpack(markList, from, to))
      for index = from, to do
        local value = found[index - from + 1]
        if value and not marks[markList[index]] then
          local position, time = readMark(value)
          if position then marks[markList[index]] = { position = position, time = time, span = span } end
        end
      end
    end)
  end
end
local records, newIds, newMarks, later, result = {}, {}, {}, {}, {}
stamp = math.max(stamp, now)
local head = lane .. "\\n" .. text(stamp) .. "\\n"
for index = 11, #ARGV, 3 do
  local id = ARGV[index]
  local known = places[id]
  local mark = age > 0 and ARGV[index + 1] ~= "" and ARGV[index + 1]
  local repeated = not known and mark and marks[mark]
  if repeated and repeated.time > now then
    later[#later + 1] = { mark, repeated.span }
    repeated.time = now
    newMarks[#newMarks + 1] = mark
    newMarks[#newMarks + 1] = struct.pack(">I6I6", repeated.position, now)
  end
  if known then
    local record
    if known > begin then
      record = records[known - begin]
    elseif known >= first then
      record = recordAt(known)
    end
    result[#result + 1] = record and "k" .. text(known) .. "\\n" .. record or "p" .. text(known)
  elseif repeated and now - repeated.time < age then
    result[#result + 1] = "r" .. text(repeated.position)
  else
    last = last + 1
    local record = head .. id .. "\\n" .. ARGV[index + 2] .. "\\n" .. ARGV[index + 1]
    records[#records + 1] = record
    bytes = bytes + #record + ${eventOverhead}
    places[id] = last
    newIds[#newIds + 1] = id
    newIds[#newIds + 1] = text(last)
    if mark then
      marks[mark] = { position = last, time = now }
      newMarks[#newMarks + 1] = mark
      newMarks[#newMarks + 1] = struct.pack(">I6I6", last, now)
    end
    result[#result + 1] = last
  end
end
if #records == 0 and #newMarks == 0 and ARGV[9] == "" then return answer(result) end
saveMeta()
if ARGV[9] ~= "" then redis.call("HINCRBY", KEYS[1], "asked", 1) end
if #newMarks > 0 then
  local span = math.floor(now / ${markSpan})
  local key = markKey(span)
  for _, pair in ipairs(later) do
    if pair[2] ~= span then redis.call("HDEL", markKey(pair[2]), pair[1]) end
  end
  each(newMarks, 1000, function(from, to)
    redis.call("HSET", key, unpack(newMarks, from, to))
  end)
  if redis.call("HSET", spansKey, text(span), 1) == 1 then
    for _, other in ipairs(spansSince(0)) do
      if redis.call("EXISTS", markKey(other)) == 0 then redis.call("HDEL", spansKey, text(other)) end
    end
  end
  local left = math.ceil((span + 1) * ${markSpan} - now + age)
  if redis.call("PTTL", key) < left then redis.call("PEXPIRE", key, text(left)) end
end
if #records == 0 then return answer(result) end
putRecords(records, begin + 1)
putIds(newIds)
if lane ~= "" then
  redis.call("XADD", base .. "l:" .. epoch .. ":" .. lane, text(last) .. "-" .. text(#records), "", "")
  local isForgotten = redis.call("ZADD", base .. "lanes:" .. epoch, text(last), lane) == 1
  reopen(lane)
  -- It was pruned, or lost, while its owner took it for its own. All that it had before is settled.
  for name in string.gmatch(isForgotten and ARGV[10] or "", "([^\\n]*)\\n") do
    redis.call("HSETNX", base .. "at:" .. epoch, name .. "\\n" .. lane, text(begin) .. ":")
  end
end
redis.call("PUBLISH", ARGV[8], text(last))
return answer(result)
`);
