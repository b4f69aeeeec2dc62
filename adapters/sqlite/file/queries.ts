// What an event takes in the file, of which the last part is what its row and its place in the index of
// ids take beside their texts: 53 bytes on average where ids are UUIDs of version 7, more where they are
// in no order. Payloads that are written once for their digest are not part of it.
const eventSize =
  "(octet_length(data) + octet_length(type) + ifnull(octet_length(user), 0) + ifnull(octet_length(payload), 0) + 2 * octet_length(id) + 60)";

/** What a connection asks SQLite, by what it does. */
export const queries = {
  last: "SELECT seq AS value FROM sqlite_sequence WHERE name = 'events'",
  first: "SELECT min(position) AS value FROM events",
  insert:
    "INSERT INTO events (position, id, time, type, version, data, user, payload, lane) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  find: "SELECT position AS value FROM events WHERE id = ?",
  hasPruned: "SELECT 1 FROM pruned LIMIT 1",
  findPruned: "SELECT position AS value FROM pruned WHERE id = ?",
  read:
    "SELECT position, id, time, type, version, data, user, payload FROM events WHERE position > ? ORDER BY position LIMIT ?",
  readLane:
    "SELECT position, id, time, type, version, data, user, payload FROM events WHERE position > ? AND position <= (SELECT last FROM lanes WHERE name = ?2) AND lane = (SELECT id FROM lanes WHERE name = ?2) ORDER BY position LIMIT ?3",
  useLane:
    "INSERT INTO lanes (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last RETURNING id AS value",
  forgetLane:
    "DELETE FROM lanes WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM consumers WHERE lane = ?1)",
  forgetLanes:
    "DELETE FROM lanes WHERE last <= ? AND name NOT IN (SELECT lane FROM consumers)",
  lanesOf:
    "SELECT position, name FROM events JOIN lanes ON lanes.id = events.lane WHERE position > ? AND position <= ?",
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
  mark:
    "INSERT INTO marks (position, time, until, user, shown) VALUES (?, ?, ?, ?, ?) ON CONFLICT (user, shown) DO NOTHING",
  findMark: "SELECT position, time FROM marks WHERE user = ? AND shown = ?",
  moveMark:
    "UPDATE marks SET position = ?, time = ?, until = ? WHERE user = ? AND shown = ?",
  unmark: "DELETE FROM marks WHERE position = ?",
  unmarkUser: "DELETE FROM marks WHERE user = ?",
  countMarks: "SELECT count(*) AS value FROM marks",
  oldestMark: "SELECT until AS value FROM marks ORDER BY position LIMIT 1",
  forgetOldMarks:
    "DELETE FROM marks WHERE position IN (SELECT position FROM marks ORDER BY position LIMIT ?) AND until < ?",
  forgetMarks:
    "DELETE FROM marks WHERE position IN (SELECT position FROM marks ORDER BY position LIMIT ?)",
  eraseEvent:
    "UPDATE events SET type = 'erased', version = 1, data = '{}', user = NULL, payload = NULL WHERE position = ?",
  remember:
    "INSERT OR IGNORE INTO pruned (id, position) SELECT id, position FROM events WHERE position > ? AND position <= ?",
  remove: "DELETE FROM events WHERE position <= ?",
  forget: "DELETE FROM pruned WHERE position <= ?",
  chunkEnd:
    "SELECT max(position) AS value FROM (SELECT position FROM events WHERE position <= ? ORDER BY position LIMIT ?)",
  logTime:
    "SELECT time, wall, claimed, claimed_at AS claimedAt FROM log_time WHERE id = 1",
  saveLogTime:
    "INSERT OR REPLACE INTO log_time (id, time, wall, claimed, claimed_at) VALUES (1, ?, ?, ?, ?)",
  saveAge: "INSERT OR REPLACE INTO ages (position, time) VALUES (?, ?)",
  oldestAge: "SELECT position, time FROM ages ORDER BY position LIMIT 1",
  newestAge: "SELECT position, time FROM ages ORDER BY position DESC LIMIT 1",
  positionAt: "SELECT max(position) AS value FROM ages WHERE time <= ?",
  forgetAges: "DELETE FROM ages WHERE position <= ?",
  bytes:
    `SELECT sum(${eventSize}) AS value FROM events WHERE position BETWEEN ? AND ?` as string,
  firstWithin:
    `SELECT min(position) AS value FROM (SELECT position, sum(${eventSize}) OVER (ORDER BY position DESC) AS bytes FROM events WHERE position BETWEEN ? AND ?) WHERE bytes <= ?` as string,
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
