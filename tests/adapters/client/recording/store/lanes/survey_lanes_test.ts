import { assertEquals } from "@std/assert";
import { surveyLanes } from "../../../../../../adapters/client/recording/store/lanes/survey_lanes.ts";
import {
  redeliveryLane,
  wholeLog,
} from "../../../../../../adapters/log/port/consumer_key.ts";

const [mine, other] = [{ name: "mine" }, { name: "other" }];
const checkpoint = { position: 3, unsettled: [2] };

function listed(name: string, lane: string, owner: string | null = null) {
  return { name, lane, owner, checkpoint };
}

Deno.test("surveyLanes() tells which lanes nobody has", () => {
  const states = [listed("mine", "a"), listed("other", "a", "owner")];
  const { lanes } = surveyLanes(states, [mine, other], () => []);
  assertEquals(lanes, [
    { consumer: mine, lane: "a", checkpoint, isFree: true },
    { consumer: other, lane: "a", checkpoint, isFree: false },
  ]);
});

Deno.test("surveyLanes() leaves out other clients' consumers, the whole log and what is delivered again", () => {
  const states = [
    listed("elsewhere", "a"),
    listed("mine", wholeLog),
    listed("mine", redeliveryLane),
  ];
  assertEquals(surveyLanes(states, [mine], () => []), { lanes: [], gone: [] });
});

Deno.test("surveyLanes() tells which lost lanes of a consumer are gone", () => {
  const states = [listed("mine", "a", "owner"), listed("other", "b", "owner")];
  const { gone } = surveyLanes(states, [mine, other], () => ["a", "b"]);
  assertEquals(gone, [
    { consumer: mine, lane: "b" },
    { consumer: other, lane: "a" },
  ]);
});
