import { createScript, type RedisScript } from "../client/create_script.ts";

/**
 * How many events share a key. A list of so many is quick to look into, and holds as many events as
 * one key is worth.
 */
export const blockSize = 128;

/** The marks of how long a time share a hash, in milliseconds: it goes when the last of them is too old. */
export const markSpan: number = 6 * 3_600_000;

/** How many arguments every script of a log has before its own. */
export const headerLength = 5;

/** What an event takes beside its text, in bytes: its id in the index of ids, and its place. */
export const eventOverhead = 130;

/**
 * Makes a script that works on a log. `KEYS[1]` is a hash that says what there is; all other keys
 * begin with it, so they are on the same server of a cluster:
 *
 * - `:e:EPOCH:BLOCK` lists of texts of events, `blockSize` to a list, by position
 * - `:ids:EPOCH` a hash of ids to positions; `:old:EPOCH` a list of the ids that were pruned
 * - `:m:EPOCH:TIME` hashes of marks to positions and times, one for each `markSpan`, with a lifetime;
 *   `:spans:EPOCH` a hash that names them
 * - `:l:EPOCH:LANE` a stream of the runs of positions of a lane: the id of an entry is the last position
 *   and their number; `:lanes:EPOCH` the lanes, each by the position with which it can be forgotten
 * - `:at:EPOCH` a hash of keys to checkpoints; `:by:EPOCH` a hash of keys to owners; `:done:EPOCH` a hash
 *   of lanes that are done to the names and checkpoints that they had
 * - `:o:HOLDER` says that a holder is alive, with a lifetime
 * - `:p:NAME` a hash of parked events by id, `:q:NAME` their order, `:d:NAME` the ids that are due, and
 *   `:parked` a hash of names to characters
 *
 * An epoch is made with the first write. A log whose hash was lost begins a new one, so that nothing of
 * the old one is mistaken for a part of it.
 *
 * Before its own arguments, each script has those of `LogAccess`: the epoch that was seen, a position
 * in it and the id there, a new epoch, and a time that stands for Redis's own in tests. It gives the
 * epoch, the first and the last position, the bytes, the time, and whether what was seen is not there
 * any more; then what it has to give itself.
 */
export function logScript(body: string): RedisScript {
  return createScript(`${common}\n${body}`);
}

const common = `
local base = KEYS[1] .. ":"
local meta = redis.call("HMGET", KEYS[1], "epoch", "first", "last", "bytes", "stamp")
local epoch = meta[1] or ARGV[4]
local isNew = not meta[1]
local first = tonumber(meta[2] or "1")
local last = tonumber(meta[3] or "0")
local bytes = tonumber(meta[4] or "0")
local stamp = tonumber(meta[5] or "0")
local now = tonumber(ARGV[5])
if not now then
  local time = redis.call("TIME")
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function text(number)
  return string.format("%.0f", number)
end
local function blockKey(position)
  return base .. "e:" .. epoch .. ":" .. text(math.floor((position - 1) / ${blockSize}))
end
local function recordAt(position)
  local record = redis.call("LINDEX", blockKey(position), (position - 1) % ${blockSize})
  return record and record ~= "" and record
end
local function idOf(record)
  return string.match(record, "^[^\\n]*\\n[^\\n]*\\n([^\\n]*)\\n")
end
local went = 0
if ARGV[1] ~= "" then
  local seen = tonumber(ARGV[2])
  if ARGV[1] ~= epoch then
    went = 1
  elseif seen > last then
    went = 1
  elseif seen >= first then
    local record = recordAt(seen)
    if record and idOf(record) ~= ARGV[3] then went = 1 end
  end
end
local function answer(list)
  local known = isNew and "" or epoch
  return { known, first, last, bytes, now, went, list }
end
local function saveMeta()
  redis.call("HSET", KEYS[1], "epoch", epoch, "first", text(first), "last", text(last),
    "bytes", text(bytes), "stamp", text(stamp))
  isNew = false
end
-- Redis that is full refuses a script whose first write adds something. This one takes nothing, so
-- that what makes room, or takes none to speak of, goes on.
local function writeAnyway()
  redis.call("HDEL", KEYS[1], "-")
end
-- What is no checkpoint is one at the beginning: events come again, and none is missed.
local function readCheckpoint(checkpoint)
  local position, list = string.match(checkpoint or "", "^(%d+):([%d,]*)$")
  if not position or #position > 15 then return 0, "" end
  return tonumber(position), list
end
local function passOver(checkpoint, through)
  local position, list = readCheckpoint(checkpoint)
  local left = {}
  for each in string.gmatch(list, "%d+") do
    if tonumber(each) > through then left[#left + 1] = each end
  end
  return text(math.max(position, through)) .. ":" .. table.concat(left, ",")
end
-- What is appended to a lane that is done belongs to the consumers that it had. One that claims it alone has
-- nothing to do with the others.
local function reopen(lane, only)
  local done = base .. "done:" .. epoch
  local list = redis.call("HGET", done, lane)
  if not list then return end
  local left = ""
  for name, checkpoint in string.gmatch(list, "([^\\n]*)\\n([^\\n]*)\\n") do
    local key = name .. "\\n" .. lane
    if only and key ~= only then
      left = left .. name .. "\\n" .. checkpoint .. "\\n"
    else
      redis.call("HSETNX", base .. "at:" .. epoch, key, checkpoint)
    end
  end
  if left == "" then redis.call("HDEL", done, lane) else redis.call("HSET", done, lane, left) end
end
local function putRecords(records, from)
  local at = from
  local index = 1
  while index <= #records do
    local key = blockKey(at)
    local offset = (at - 1) % ${blockSize}
    -- A list that was evicted is filled up, so that each event is at its place.
    for _ = redis.call("LLEN", key) + 1, offset do redis.call("RPUSH", key, "") end
    local count = math.min(${blockSize} - offset, #records - index + 1)
    redis.call("RPUSH", key, unpack(records, index, index + count - 1))
    at = at + count
    index = index + count
  end
end
local function each(list, size, action)
  for from = 1, #list, size do action(from, math.min(from + size - 1, #list)) end
end
local spansKey = base .. "spans:" .. epoch
local function markKey(span)
  return base .. "m:" .. epoch .. ":" .. text(span)
end
local function spansSince(time)
  local spans = {}
  for _, name in ipairs(redis.call("HKEYS", spansKey)) do
    local span = tonumber(name)
    if span and span >= math.floor(time / ${markSpan}) then spans[#spans + 1] = span end
  end
  table.sort(spans, function(one, other) return one > other end)
  return spans
end
-- Gives nothing where it is none of ours.
local function readMark(value)
  if #value ~= 12 then return end
  local position, time = struct.unpack(">I6I6", value)
  return position, time
end
local allSpans
local function unmark(mark, position)
  allSpans = allSpans or spansSince(0)
  for _, span in ipairs(allSpans) do
    local found = redis.call("HGET", markKey(span), mark)
    if found and readMark(found) == position then redis.call("HDEL", markKey(span), mark) end
  end
end
local function putIds(list)
  local key = base .. "ids:" .. epoch
  for index = 1, #list, 500 do
    redis.call("HSET", key, unpack(list, index, math.min(index + 499, #list)))
  end
end
`;
