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
local at, by = base .. "at:" .. epoch, base .. "by:" .. epoch
local readers = {}
local settled = through
local names, nameCount = {}, 0
local all = redis.call("HGETALL", at)
for index = 1, #all, 2 do
  local name, lane = string.match(all[index], "^([^\\n]*)\\n(.*)$")
  if name and lane ~= "redelivery" then
    local position, list = readCheckpoint(all[index + 1])
    local reader = { key = all[index], name = name, position = position, open = {} }
    local least = position
    for each in string.gmatch(list, "%d+") do
      local open = tonumber(each)
      reader.open[open] = true
      least = math.min(least, open - 1)
    end
    readers[lane] = readers[lane] or {}
    table.insert(readers[lane], reader)
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
local tallies, unmarks, gone, touched = {}, {}, {}, {}
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
    bytes = bytes - #record - ${eventOverhead}
    if id then gone[#gone + 1] = id end
    if id and lane ~= "" then touched[lane] = true end
    if id and position > settled then
      local data, mark = string.match(rest, "^[^\\n]*\\n[^\\n]*\\n([^\\n]*)\\n[^\\n]*\\n(.*)$")
      local missing, isLost = {}, false
      local function look(list)
        for _, reader in ipairs(list or {}) do
          local isOpen = position > reader.position or reader.open[position]
          if isOpen and not missing[reader.name] then
            missing[reader.name] = true
            isLost = true
            add(reader.name, kind, data)
          end
        end
      end
      look(readers[""])
      if lane ~= "" then look(readers[lane]) end
      if isLost and mark and mark ~= "" then unmarks[#unmarks + 1] = { mark, position } end
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
-- The rest goes with the next chunk, where fewer ids are to be remembered than before.
local excess = math.min(redis.call("LLEN", old) - remembered, 5000)
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
local function isAlive(reader)
  local holder = string.match(redis.call("HGET", by, reader.key) or "", "\\n(.*)$")
  return holder and redis.call("EXISTS", base .. "o:" .. holder) == 1
end
local lanes = base .. "lanes:" .. epoch
for lane in pairs(touched) do
  redis.call("XTRIM", base .. "l:" .. epoch .. ":" .. lane, "MINID", text(through + 1) .. "-0")
end
-- A lane is forgotten once all of its events are gone and nobody has it.
for _, lane in ipairs(redis.call("ZRANGEBYSCORE", lanes, "-inf", text(through), "LIMIT", "0", "5000")) do
  local isOwned = false
  for _, reader in ipairs(readers[lane] or {}) do isOwned = isOwned or isAlive(reader) end
  redis.call("UNLINK", base .. "l:" .. epoch .. ":" .. lane)
  if not isOwned then
    for _, reader in ipairs(readers[lane] or {}) do
      redis.call("HDEL", at, reader.key)
      redis.call("HDEL", by, reader.key)
    end
    redis.call("HDEL", base .. "done:" .. epoch, lane)
    redis.call("ZREM", lanes, lane)
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
if not since then return answer({}) end
-- Those that were evicted must not keep the others for ever.
local missing = first
while missing <= last and missing < first + 1000 and not recordAt(missing) do missing = missing + 1 end
if missing > first then return answer({ missing - 1, "age" }) end
if not isOld(first) then return answer({}) end
local low, high = first, last
while low < high do
  local middle = math.ceil((low + high) / 2)
  if isOld(middle) then low = middle else high = middle - 1 end
end
return answer({ low, "age" })
`);
