// What a block takes in the file: its JSON, and what its row and its place in the index of ids take.
const blockSize = "octet_length(body) + 140";

/** What a connection asks SQLite, by what it does. */
export const queries = {
  last:
    "SELECT ifnull((SELECT max(last) FROM blocks), (SELECT max(last) FROM pruned)) AS value",
  first: "SELECT first AS value FROM blocks ORDER BY last LIMIT 1",
  end: "SELECT last, top FROM blocks ORDER BY last DESC LIMIT 1",
  prunedEnd: "SELECT last, top FROM pruned ORDER BY last DESC LIMIT 1",
  insertBlock:
    "INSERT INTO blocks (last, first, lane, low, top, age, time, body, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ifnull((SELECT bytes FROM blocks ORDER BY last DESC LIMIT 1), 0) + octet_length(?8) + 140)",
  block: "SELECT last, first, body FROM blocks WHERE last = ?",
  blockAt:
    "SELECT last AS value FROM blocks WHERE last >= ? ORDER BY last LIMIT 1",
  blockOfId:
    "SELECT last AS value FROM blocks WHERE low <= ? ORDER BY low DESC LIMIT 1",
  lateId: "SELECT position AS value FROM late_ids WHERE id = ?",
  saveLateId: "INSERT INTO late_ids (id, position) VALUES (?, ?)",
  prunedOfId:
    "SELECT last, ids FROM pruned WHERE low <= ? ORDER BY low DESC LIMIT 1",
  read:
    "SELECT last, first, body FROM blocks WHERE last > ? AND last <= ? ORDER BY last LIMIT ?",
  readLane:
    "SELECT last, first, body FROM blocks WHERE last > ? AND last <= (SELECT last FROM lanes WHERE name = ?2) AND lane = (SELECT id FROM lanes WHERE name = ?2) ORDER BY last LIMIT ?3",
  lane: "SELECT id, last FROM lanes WHERE name = ?",
  useLane:
    "INSERT INTO lanes (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last RETURNING id",
  forgetLane:
    "DELETE FROM lanes WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM consumers WHERE lane = ?1)",
  forgetLanes:
    "DELETE FROM lanes WHERE last <= ? AND name NOT IN (SELECT lane FROM consumers)",
  lanesOf:
    "SELECT blocks.first, blocks.last, name FROM blocks JOIN lanes ON lanes.id = blocks.lane WHERE blocks.last > ?1 AND blocks.last < ?2 + 1000 AND blocks.first <= ?2",
  consumers:
    "SELECT name, lane, position, unsettled, owner, holder FROM consumers ORDER BY name, lane",
  consumer:
    "SELECT name, lane, position, unsettled, owner, holder FROM consumers WHERE name = ? AND lane = ?",
  claim:
    "INSERT INTO consumers (name, lane, position, unsettled, owner, holder) VALUES (?, ?, 0, '[]', ?, ?) ON CONFLICT (name, lane) DO UPDATE SET owner = excluded.owner, holder = excluded.holder",
  commit:
    "UPDATE consumers SET position = ?, unsettled = ? WHERE name = ? AND lane = ? AND owner = ? AND holder = ?",
  release:
    "UPDATE consumers SET owner = NULL, holder = NULL WHERE name = ? AND lane = ? AND owner = ? AND holder = ?",
  releaseAll:
    "UPDATE consumers SET owner = NULL, holder = NULL WHERE holder = ?",
  forgetConsumer: "DELETE FROM consumers WHERE name = ? AND lane = ?",
  setCheckpoint:
    "UPDATE consumers SET position = ?, unsettled = ? WHERE name = ? AND lane = ?",
  park:
    "INSERT INTO parked (name, id, event, reason, attempts, message, time, due, size) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
  parked:
    "SELECT id, event, reason, attempts, message, time, due FROM parked WHERE name = ? AND time >= ? ORDER BY seq",
  allParked:
    "SELECT seq, event FROM parked WHERE seq > ? ORDER BY seq LIMIT 500",
  unpark: "DELETE FROM parked WHERE name = ? AND id = ?",
  removeParked: "DELETE FROM parked WHERE seq = ?",
  removeOldParked: "DELETE FROM parked WHERE name = ? AND time < ?",
  removeManyParked:
    "DELETE FROM parked WHERE name = ?1 AND seq NOT IN (SELECT seq FROM parked WHERE name = ?1 ORDER BY seq DESC LIMIT ?2)",
  removeLargeParked:
    "DELETE FROM parked WHERE name = ?1 AND seq <= (SELECT max(seq) FROM (SELECT seq, sum(size) OVER (ORDER BY seq DESC) AS total FROM parked WHERE name = ?1) WHERE total > ?2)",
  redeliver: "UPDATE parked SET due = 1 WHERE name = ? AND id = ? AND due = 0",
  redeliverAll: "UPDATE parked SET due = 1 WHERE name = ? AND due = 0",
  dueCount: "SELECT count(*) AS value FROM parked WHERE due = 1",
  settled: "SELECT position, newest, removals FROM settled",
  settle:
    "INSERT INTO settled (id, position, newest) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET position = excluded.position, newest = excluded.newest",
  noteRemoval: "UPDATE settled SET removals = removals + 1",
  markedBlocks:
    "SELECT last, first, body, time, age FROM blocks WHERE last > ? AND age > 0 ORDER BY last",
  marksAfter:
    "SELECT id, replaces, until, body FROM marks WHERE id > ? ORDER BY id LIMIT 1",
  oldestMarks: "SELECT ifnull(min(id), ?) AS value FROM marks",
  saveMarks: "INSERT INTO marks (replaces, until, body) VALUES (?, ?, ?)",
  rewriteMarks: "UPDATE marks SET body = ? WHERE id = ?",
  removeMarksFrom: "DELETE FROM marks WHERE id >= ?",
  removeMarksThrough: "DELETE FROM marks WHERE id <= ?",
  blocksUpTo:
    "SELECT last, first, low, top, body FROM blocks WHERE first <= ?1 AND last < ?1 + 1000 ORDER BY last",
  writeBlock: "UPDATE blocks SET first = ?, low = ?, body = ? WHERE last = ?",
  writeBody: "UPDATE blocks SET body = ? WHERE last = ?",
  countLess: "UPDATE blocks SET bytes = bytes - ? WHERE last = ?",
  remember: "INSERT INTO pruned (last, low, top, ids) VALUES (?, ?, ?, ?)",
  remove: "DELETE FROM blocks WHERE last <= ?",
  forget:
    "DELETE FROM pruned WHERE last <= ? AND last < (SELECT max(last) FROM pruned)",
  forgetLateIds: "DELETE FROM late_ids WHERE position <= ?",
  logTime:
    "SELECT time, wall, claimed, claimed_at AS claimedAt FROM log_time WHERE id = 1",
  saveLogTime:
    "INSERT OR REPLACE INTO log_time (id, time, wall, claimed, claimed_at) VALUES (1, ?, ?, ?, ?)",
  saveAge: "INSERT OR REPLACE INTO ages (position, time) VALUES (?, ?)",
  oldestAge: "SELECT position, time FROM ages ORDER BY position LIMIT 1",
  newestAge: "SELECT position, time FROM ages ORDER BY position DESC LIMIT 1",
  positionAt: "SELECT max(position) AS value FROM ages WHERE time <= ?",
  forgetAges: "DELETE FROM ages WHERE position <= ?",
  heldBytes:
    `SELECT (SELECT bytes FROM blocks ORDER BY last DESC LIMIT 1) - bytes + ${blockSize} AS value FROM blocks ORDER BY last LIMIT 1` as string,
  blockPast:
    "SELECT last, first, body, bytes, (SELECT bytes FROM blocks ORDER BY last DESC LIMIT 1) - bytes AS newer FROM blocks WHERE bytes > (SELECT bytes FROM blocks ORDER BY last DESC LIMIT 1) - ? ORDER BY last LIMIT 1",
  savePayload:
    "INSERT INTO payloads (digest, payload, position) VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET position = excluded.position WHERE payload = excluded.payload",
  payload: "SELECT payload FROM payloads WHERE digest = ?",
  removePayloads:
    "DELETE FROM payloads WHERE position <= ? AND digest NOT IN (SELECT digest FROM payloads ORDER BY position DESC LIMIT 100)",
  saveSnapshot:
    "INSERT INTO snapshots (name, version, position, state) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, state = excluded.state WHERE position < excluded.position",
  loadSnapshot:
    "SELECT position, state FROM snapshots WHERE name = ? AND version = ?",
  clearSnapshots: "DELETE FROM snapshots",
  eraseSnapshots: "DELETE FROM snapshots WHERE instr(state, ?) > 0",
  dataVersion: "SELECT data_version AS value FROM pragma_data_version()",
} as const;
