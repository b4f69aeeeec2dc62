import { createScript, type RedisScript } from "../client/create_script.ts";

// KEYS[1] is a hash with the payload: `body`, `isRaw`, `digest`, `date` in milliseconds, `version`,
// `confirmed`, the time by Redis's clock at which it was known to be current, and `state`, how the
// source of the holder fares. KEYS[1]:lease is the holder, with a lifetime.
const common = `
local lease = KEYS[1] .. ":lease"
local function now()
  local time = redis.call("TIME")
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
-- Redis that is full refuses a script whose first write adds something. This one takes nothing: a
-- payload takes the place of another.
local function writeAnyway()
  redis.call("HDEL", KEYS[1], "-")
end
`;

/** How far a date may be ahead of Redis's clock, in milliseconds. */
const day = 86_400_000;

/**
 * Asks for the lease, or renews it, and tells what is there. Arguments: who asks, the lifetime, whether
 * the lease is wanted, and how the source of the one who asks fares. Gives 1 to the holder, the version
 * with its digest, how long ago it was known to be current, or -1, and how the holder's source fares.
 */
export const attendScript: RedisScript = createScript(`${common}
local holder = redis.call("GET", lease)
-- A lease without an end is none of ours.
if holder and redis.call("PTTL", lease) < 0 then holder = false end
local isHolder = holder == ARGV[1]
if isHolder then
  redis.call("PEXPIRE", lease, ARGV[2])
elseif not holder and ARGV[3] == "1" then
  writeAnyway()
  redis.call("SET", lease, ARGV[1], "PX", ARGV[2])
  isHolder = true
end
local found = redis.call("HMGET", KEYS[1], "version", "digest", "confirmed", "state")
local version = found[1] and found[1] .. ":" .. (found[2] or "") or ""
local state = found[4] or ""
if isHolder and version ~= "" and ARGV[4] ~= "" then
  state = ARGV[4]
  redis.call("HSET", KEYS[1], "state", state)
  if state == "ok" then
    found[3] = string.format("%.0f", now())
    redis.call("HSET", KEYS[1], "confirmed", found[3])
  end
end
local confirmed = tonumber(found[3] or "")
local age = confirmed and math.max(0, now() - confirmed) or -1
return { isHolder and 1 or 0, version, age, state }
`);

/**
 * Writes a payload. Arguments: who writes, the date in milliseconds or \`""\`, the digest, whether the
 * text is an answer as it came, the text, and the channel. Gives the new version; \`""\` to one who
 * does not hold the lease, and \`older\` where the payload that is there is of a later date.
 */
export const putScript: RedisScript = createScript(`${common}
if redis.call("GET", lease) ~= ARGV[1] then return "" end
-- A date that is none, or that nobody can have seen yet, must not keep out what follows.
local date = tonumber(redis.call("HGET", KEYS[1], "date") or "")
if date and date < now() + ${day} and ARGV[2] ~= "" and tonumber(ARGV[2]) < date then return "older" end
writeAnyway()
local before = redis.call("HGET", KEYS[1], "version") or "0"
if #before > 15 or not string.match(before, "^%d+$") then redis.call("HDEL", KEYS[1], "version") end
local version = redis.call("HINCRBY", KEYS[1], "version", 1)
redis.call("HSET", KEYS[1], "date", ARGV[2], "digest", ARGV[3], "isRaw", ARGV[4], "body", ARGV[5],
  "confirmed", string.format("%.0f", now()), "state", "ok")
redis.call("PUBLISH", ARGV[6], "payload")
return version .. ":" .. ARGV[3]
`);

/** Gives the lease up. Arguments: who has it, and the channel. */
export const yieldScript: RedisScript = createScript(`${common}
if redis.call("GET", lease) ~= ARGV[1] then return 0 end
redis.call("DEL", lease)
redis.call("PUBLISH", ARGV[2], "lease")
return 1
`);
