import { parkedBounds } from "../../log/port/parked_event.ts";
import type { RedisScript } from "../client/create_script.ts";
import { logScript } from "./log_script.ts";

// A parked event is kept as its time, its size in characters and its text, behind one another.
const parking = `
local function listOf(name)
  return { all = base .. "p:" .. name, order = base .. "q:" .. name, due = base .. "d:" .. name, name = name }
end
local function drop(list, id)
  local known = redis.call("HGET", list.all, id)
  if not known then return false end
  redis.call("HDEL", list.all, id)
  redis.call("ZREM", list.order, id)
  redis.call("SREM", list.due, id)
  local size = string.match(known, "^%d+ (%d+) ") or "0"
  if redis.call("HINCRBY", base .. "parked", list.name, string.format("%d", -tonumber(size))) <= 0 then
    redis.call("HDEL", base .. "parked", list.name)
  end
  return true
end
local function retain(list)
  while true do
    local oldest = redis.call("ZRANGE", list.order, 0, 0)[1]
    if not oldest then return end
    local time = string.match(redis.call("HGET", list.all, oldest) or "", "^(%d+) ") or "0"
    local isOver = redis.call("ZCARD", list.order) > ${parkedBounds.events}
      or tonumber(redis.call("HGET", base .. "parked", list.name) or "0") > ${parkedBounds.characters}
      or now - tonumber(time) > ${parkedBounds.age}
    if not isOver then return end
    if not drop(list, oldest) then redis.call("ZREM", list.order, oldest) end
  end
end
local function isOwner()
  return went == 0 and redis.call("HGET", base .. "by:" .. epoch, ARGV[6]) == ARGV[7] .. "\\n" .. ARGV[8]
end
`;

/**
 * Parks events. Arguments: the key, the owner and the holder, the name, and for each event its id, its
 * size and its text. Gives 1 where the owner has the key.
 */
export const parkScript: RedisScript = logScript(`${parking}
if not isOwner() then return answer({ 0 }) end
writeAnyway()
local list = listOf(ARGV[9])
for index = 10, #ARGV, 3 do
  local id, size = ARGV[index], ARGV[index + 1]
  drop(list, id)
  local place = redis.call("HINCRBY", KEYS[1], "parkings", 1)
  redis.call("HSET", list.all, id, text(now) .. " " .. size .. " " .. ARGV[index + 2])
  redis.call("ZADD", list.order, place, id)
  redis.call("HINCRBY", base .. "parked", list.name, size)
end
retain(list)
return answer({ 1 })
`);

/** Removes parked events. Arguments: the key, the owner, the holder, the name, and ids. */
export const unparkScript: RedisScript = logScript(`${parking}
if not isOwner() then return answer({ 0 }) end
writeAnyway()
local list = listOf(ARGV[9])
for index = 10, #ARGV do drop(list, ARGV[index]) end
return answer({ 1 })
`);

/** Removes parked events, whatever their owner. Arguments: the name, and ids. */
export const dropParkedScript: RedisScript = logScript(`${parking}
local list = listOf(ARGV[6])
for index = 7, #ARGV do drop(list, ARGV[index]) end
return answer({})
`);

/** Gives the names that have parked something. */
export const parkedNamesScript: RedisScript = logScript(`
return answer(redis.call("HKEYS", base .. "parked"))
`);

/**
 * Gives what a name has parked, in its order: after a place, of so many bytes. Gives the last place, or
 * `""` at the end, and then for each event whether it is due, and its text. A place stays what it is,
 * whatever is removed meanwhile.
 */
export const parkedScript: RedisScript = logScript(`${parking}
local list = listOf(ARGV[6])
local room = tonumber(ARGV[8])
local found = { "" }
local places = redis.call("ZRANGEBYSCORE", list.order, ARGV[7], "+inf", "WITHSCORES")
for index = 1, #places, 2 do
  local id = places[index]
  local known = redis.call("HGET", list.all, id)
  local time = known and string.match(known, "^%d+ %d+ ") and tonumber(string.match(known, "^%d+"))
  if time and now - time <= ${parkedBounds.age} then
    found[#found + 1] = redis.call("SISMEMBER", list.due, id)
    found[#found + 1] = known
    room = room - #known
  end
  if room <= 0 and index + 2 < #places then
    found[1] = "(" .. places[index + 1]
    break
  end
end
return answer(found)
`);

/** Marks parked events as due. Arguments: the name, the channel, `all`, or `some` and ids. Gives how many. */
export const redeliverScript: RedisScript = logScript(`${parking}
local list = listOf(ARGV[6])
local count = 0
local function mark(id)
  if redis.call("HEXISTS", list.all, id) == 1 then count = count + redis.call("SADD", list.due, id) end
end
if ARGV[8] == "all" then
  for _, id in ipairs(redis.call("ZRANGE", list.order, 0, -1)) do mark(id) end
else
  for index = 9, #ARGV do mark(ARGV[index]) end
end
if count > 0 then redis.call("PUBLISH", ARGV[7], "due") end
return answer({ count })
`);
