import { createScript, type RedisScript } from "../client/create_script.ts";

/**
 * Adds assignments to a document. Arguments: the lifetime in milliseconds, or 0; the attribute and its
 * value; and assignments, keys and variations in turn. Gives 1; 0, and does nothing, where a document
 * is there that Lua can't read.
 */
export const mergeScript: RedisScript = createScript(`
local text = redis.call("GET", KEYS[1])
local assignments = {}
if text then
  local ok, document = pcall(cjson.decode, text)
  if not ok then return 0 end
  local isOurs = type(document) == "table" and document.attributeName == ARGV[2]
    and document.attributeValue == ARGV[3] and type(document.assignments) == "table"
  if isOurs then
    for key, value in pairs(document.assignments) do
      if type(key) == "string" and type(value) == "string" then assignments[key] = value end
    end
  end
end
for index = 4, #ARGV, 2 do assignments[ARGV[index]] = ARGV[index + 1] end
local parts = {}
for key, value in pairs(assignments) do
  parts[#parts + 1] = cjson.encode(key) .. ":" .. cjson.encode(value)
end
local written = '{"attributeName":' .. cjson.encode(ARGV[2]) .. ',"attributeValue":' .. cjson.encode(ARGV[3])
  .. ',"assignments":{' .. table.concat(parts, ",") .. "}}"
if ARGV[1] == "0" then
  redis.call("SET", KEYS[1], written)
else
  redis.call("SET", KEYS[1], written, "PX", ARGV[1])
end
return 1
`);

/**
 * Puts a text in the place of another. Arguments: the lifetime in milliseconds, or 0; whether there was
 * a text; that text; the new one. Gives 1 where that is the text that was there.
 */
export const swapScript: RedisScript = createScript(`
local text = redis.call("GET", KEYS[1])
if ARGV[2] == "1" and text ~= ARGV[3] or ARGV[2] == "0" and text then return 0 end
if ARGV[1] == "0" then
  redis.call("SET", KEYS[1], ARGV[4])
else
  redis.call("SET", KEYS[1], ARGV[4], "PX", ARGV[1])
end
return 1
`);

/** Gives a document, and prolongs its life where half of that is over. The argument is the lifetime. */
export const touchScript: RedisScript = createScript(`
local text = redis.call("GET", KEYS[1])
if text then
  local left = redis.call("PTTL", KEYS[1])
  if left < tonumber(ARGV[1]) / 2 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
end
return text
`);
