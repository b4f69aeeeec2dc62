import type { RedisScript } from "../client/create_script.ts";
import { logScript } from "./log_script.ts";

// Arguments of all that an owner does: the key, the owner, the holder, and its lifetime.
const owning = `
local key, owner, holder = ARGV[6], ARGV[7], ARGV[8]
local at, by = base .. "at:" .. epoch, base .. "by:" .. epoch
local mine = owner .. "\\n" .. holder
local function isMine()
  return went == 0 and redis.call("HGET", by, key) == mine
end
local function live()
  redis.call("SET", base .. "o:" .. holder, "1", "PX", ARGV[9])
end
`;

/**
 * Claims a key. The fifth argument is its lane. Gives its checkpoint, or nothing where another owner that
 * is alive has it.
 */
export const claimScript: RedisScript = logScript(`${owning}
local known = redis.call("HGET", by, key)
if known and known ~= mine then
  local other, theirs = string.match(known, "^([^\\n]*)\\n(.*)$")
  if theirs and other ~= owner and redis.call("EXISTS", base .. "o:" .. theirs) == 1 then return answer({}) end
end
writeAnyway()
if isNew then saveMeta() end
live()
local lane = ARGV[10]
if lane ~= "" and lane ~= "redelivery" then
  redis.call("ZADD", base .. "lanes:" .. epoch, "NX", text(last), lane)
  reopen(lane, key)
end
redis.call("HSETNX", at, key, "0:")
redis.call("HSET", by, key, mine)
local checkpoint = redis.call("HGET", at, key)
local position, list = readCheckpoint(checkpoint)
-- Nobody settles what is still to come to a lane.
if lane ~= "" and position > last then position, list = 0, "" end
return answer({ text(position) .. ":" .. list })
`);

/** Sets the checkpoint of a key, which is the fifth argument. Gives 1 where the owner has it. */
export const commitScript: RedisScript = logScript(`${owning}
if not isMine() then return answer({ 0 }) end
writeAnyway()
live()
local checkpoint = ARGV[10]
if first > 1 then checkpoint = passOver(checkpoint, first - 1) end
redis.call("HSET", at, key, checkpoint)
return answer({ 1 })
`);

/**
 * Gives a key up. Arguments beside those of all: its lane and its name. Gives 1 where the owner had it. A
 * lane that is done is kept aside until all that is in the log by then has left it: an append to the lane
 * may be under way.
 */
export const releaseScript: RedisScript = logScript(`${owning}
if redis.call("HGET", by, key) ~= mine then return answer({ 0 }) end
local lane = ARGV[10]
redis.call("HDEL", by, key)
if lane == "" then return answer({ 1 }) end
if lane == "redelivery" then
  redis.call("HDEL", at, key)
  return answer({ 1 })
end
local position, list = readCheckpoint(redis.call("HGET", at, key))
local newest = redis.call("XREVRANGE", base .. "l:" .. epoch .. ":" .. lane, "+", "-", "COUNT", "1")[1]
local final = newest and tonumber(string.match(newest[1], "^%d+")) or 0
if list == "" and final <= position then
  local done = base .. "done:" .. epoch
  redis.call("HDEL", at, key)
  redis.call("HSET", done, lane,
    (redis.call("HGET", done, lane) or "") .. ARGV[11] .. "\\n" .. text(position) .. ":\\n")
  redis.call("ZADD", base .. "lanes:" .. epoch, "GT", text(last), lane)
end
return answer({ 1 })
`);

/**
 * Says that a holder is alive. Arguments: the holder, its lifetime, and what it holds: keys and owners in
 * turn. Gives the numbers, from 0, of the keys that it has lost.
 */
export const renewScript: RedisScript = logScript(`
local holder = ARGV[6]
local lost = {}
writeAnyway()
for index = 8, #ARGV, 2 do
  local known = redis.call("HGET", base .. "by:" .. epoch, ARGV[index])
  if went == 1 or known ~= ARGV[index + 1] .. "\\n" .. holder then lost[#lost + 1] = (index - 8) / 2 end
end
redis.call("SET", base .. "o:" .. holder, "1", "PX", ARGV[7])
return answer(lost)
`);

/** Gives up all that a holder has: the process that it owned this for is gone. */
export const leaveScript: RedisScript = logScript(`
redis.call("DEL", base .. "o:" .. ARGV[6])
return answer({})
`);

/** Gives all consumers: a key, its checkpoint and its owner, or `""`, in turn. */
export const consumersScript: RedisScript = logScript(`
local found = {}
local alive = {}
local all = redis.call("HGETALL", base .. "at:" .. epoch)
for index = 1, #all, 2 do
  local known = redis.call("HGET", base .. "by:" .. epoch, all[index])
  local owner = ""
  if known then
    local name, holder = string.match(known, "^([^\\n]*)\\n(.*)$")
    if name and alive[holder] == nil then alive[holder] = redis.call("EXISTS", base .. "o:" .. holder) == 1 end
    if name and alive[holder] then owner = name end
  end
  if string.find(all[index], "\\n", 1, true) then
    local position, list = readCheckpoint(all[index + 1])
    found[#found + 1] = all[index]
    found[#found + 1] = text(position) .. ":" .. list
    found[#found + 1] = owner
  end
end
return answer(found)
`);
