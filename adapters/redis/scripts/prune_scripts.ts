import type { RedisScript } from "../client/create_script.ts";
import { blockSize, eventOverhead, logScript } from "./log_script.ts";

/**
 * Removes a chunk of the oldest events, as `droppedByPruning` says. Arguments: the last position to go,
 * why, how many ids to remember, how many events at most, and ids for the events that tell of losses.
 * Gives how many are gone, and 1 where there are more; with -1 it did nothing, for want of ids.
 */
export const pruneScript: RedisScript = logScript(`
local through = math.min(tonumber(ARGV[6]), last, first - 1 + tonumber(ARGV[9]))
local reason, remembered = ARGV[7], tonumber(ARGV[8])
if last == 0 or through < first then return answer({ 0, 0 }) end
local at = base .. "at:" .. epoch
local readers = {}
local settled = through
local names, nameCount = {}, 0
local all = redis.call("HGETALL", at)
for index = 1, #all, 2 do
  local name, lane = string.match(all[index], "^([^\\n]*)\\n(.*)$")
  if lane ~= "redelivery" then
    local position, list = string.match(all[index + 1], "^(%d+):(.*)$")
    local reader = { name = name, lane = lane, position = tonumber(position), open = {} }
    local least = reader.position
    for each in string.gmatch(list, "%d+") do
      local open = tonumber(each)
      reader.open[open] = true
      least = math.min(least, open - 1)
    end
    readers[#readers + 1] = reader
    settled = math.min(settled, least)
    if least < through and not names[name] then
      names[name] = true
      nameCount = nameCount + 1
    end
  end
end
if nameCount > #ARGV - 9 then return answer({ -1, nameCount }) end
-- What the texts in a record, which are escaped, stand for, as far as Lua knows.
local function plain(escaped)
  local ok, value = pcall(cjson.decode, '["' .. escaped .. '"]')
  return ok and value[1] or escaped
end
local tallies, unmarks, gone = {}, {}, {}
local order = {}
local function count(tally, name, number)
  if not tally.types[name] then
    if tally.size >= 100 then name = "other" else tally.size = tally.size + 1 end
  end
  tally.types[name] = (tally.types[name] or 0) + number
  tally.count = tally.count + number
end
local function add(name, kind, data)
  local tally = tallies[name]
  if not tally then
    tally = { types = {}, size = 0, count = 0 }
    tallies[name] = tally
    order[#order + 1] = name
  end
  if kind == "events.dropped" then
    local ok, value = pcall(cjson.decode, data)
    if ok and type(value) == "table" and value.consumer == plain(name) then
      if type(value.types) == "table" then
        for each, number in pairs(value.types) do
          if type(number) == "number" then count(tally, each, number) end
        end
      end
      return
    end
  end
  count(tally, plain(kind), 1)
end
for position = first, through do
  local record = recordAt(position)
  if record then
    local lane, _, id, kind, rest = string.match(record, "^([^\\n]*)\\n([^\\n]*)\\n([^\\n]*)\\n([^\\n]*)\\n(.*)$")
    gone[#gone + 1] = id
    bytes = bytes - #record - ${eventOverhead}
    if position > settled then
      local data, mark = string.match(rest, "^[^\\n]*\\n[^\\n]*\\n([^\\n]*)\\n[^\\n]*\\n(.*)$")
      local missing, isLost = {}, false
      for _, reader in ipairs(readers) do
        local isOpen = position > reader.position or reader.open[position]
        if isOpen and (reader.lane == "" or reader.lane == lane) and not missing[reader.name] then
          missing[reader.name] = true
          isLost = true
          add(reader.name, kind, data)
        end
      end
      if isLost and mark ~= "" then unmarks[#unmarks + 1] = { mark, position } end
    end
  end
end
writeAnyway()
for _, each in ipairs(unmarks) do unmark(each[1], each[2]) end
local position = first
while position <= through do
  local key = blockKey(position)
  local final = position - 1 - (position - 1) % ${blockSize} + ${blockSize}
  if final <= through then
    redis.call("UNLINK", key)
  else
    for each = position, through do redis.pcall("LSET", key, (each - 1) % ${blockSize}, "") end
  end
  position = final + 1
end
local removed = through - first + 1
local old = base .. "old:" .. epoch
for index = 1, #gone, 500 do
  redis.call("RPUSH", old, unpack(gone, index, math.min(index + 499, #gone)))
end
local excess = redis.call("LLEN", old) - remembered
while excess > 0 do
  local some = redis.call("LPOP", old, math.min(excess, 500))
  if not some then break end
  redis.call("HDEL", base .. "ids:" .. epoch, unpack(some))
  excess = excess - #some
end
for index = 1, #all, 2 do
  local moved = passOver(all[index + 1], through)
  if moved ~= all[index + 1] then redis.call("HSET", at, all[index], moved) end
end
local lanes = redis.call("HGETALL", base .. "lanes:" .. epoch)
for index = 1, #lanes, 2 do
  local key = base .. "l:" .. epoch .. ":" .. lanes[index]
  if tonumber(lanes[index + 1]) <= through then
    redis.call("UNLINK", key)
    redis.call("HDEL", base .. "lanes:" .. epoch, lanes[index])
  else
    redis.call("XTRIM", key, "MINID", text(through + 1) .. "-0")
  end
end
first = through + 1
local records, newIds = {}, {}
local begin = last
stamp = math.max(stamp, now)
for index, name in ipairs(order) do
  local tally = tallies[name]
  if tally.count > 0 then
    local kinds = {}
    for kind, number in pairs(tally.types) do
      kinds[#kinds + 1] = cjson.encode(kind) .. ":" .. text(number)
    end
    local id = ARGV[9 + index]
    local data = '{"reason":"' .. reason .. '","count":' .. text(tally.count) .. ',"types":{'
      .. table.concat(kinds, ",") .. '},"consumer":"' .. name .. '"}'
    local record = "\\n" .. text(stamp) .. "\\n" .. id .. "\\nevents.dropped\\n" .. text(now)
      .. "\\n1\\n" .. data .. "\\n\\n"
    last = last + 1
    records[#records + 1] = record
    bytes = bytes + #record + ${eventOverhead}
    newIds[#newIds + 1] = id
    newIds[#newIds + 1] = text(last)
  end
end
if bytes < 0 then bytes = 0 end
saveMeta()
if #records > 0 then
  putRecords(records, begin + 1)
  putIds(newIds)
end
return answer({ removed, tonumber(ARGV[6]) > through and through < begin and 1 or 0 })
`);

/**
 * Tells up to which position a log is too much. Arguments: how many events, how many bytes, and since
 * when an event may be there; `""` for any. Gives the position and the reason, or nothing.
 */
export const excessScript: RedisScript = logScript(`
local size = last - first + 1
local capacity, most, since = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
if size <= 0 then return answer({}) end
if capacity and size > capacity then
  return answer({ last - math.floor(capacity * 0.9), "overflow" })
end
if most and bytes > most then
  return answer({ first - 1 + math.max(1, math.ceil(size * (1 - most * 0.9 / bytes))), "bytes" })
end
local function isOld(position)
  local record = recordAt(position)
  local time = record and string.match(record, "^[^\\n]*\\n(%d+)\\n")
  return time and tonumber(time) < since
end
if not since or not isOld(first) then return answer({}) end
local low, high = first, last
while low < high do
  local middle = math.ceil((low + high) / 2)
  if isOld(middle) then low = middle else high = middle - 1 end
end
return answer({ low, "age" })
`);

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
