// Drives the unmodified JavaScript SDK against the endpoint and key given; every line it prints is a step that passed.
import assert from "node:assert/strict";
import { CosmosClient, ChangeFeedStartFrom, StatusCodes } from "@azure/cosmos";

const [endpoint, key] = process.argv.slice(2);
const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false, enableBackgroundEndpointRefreshing: false } });

async function refused(code, work) {
  await assert.rejects(work, (error) => {
    assert.equal(error.code, code, error.message);
    return true;
  });
}

async function all(iterator) {
  const { resources } = await iterator.fetchAll();
  return resources;
}

async function changes(iterator) {
  const found = [];
  while (iterator.hasMoreResults) {
    const page = await iterator.readNext();
    if (page.statusCode === StatusCodes.NotModified) break;
    found.push(...page.result);
  }
  return found;
}

const steps = {
  async "databases and containers"() {
    const { database } = await client.databases.createIfNotExists({ id: "js" });
    await client.databases.createIfNotExists({ id: "js" });
    const { container } = await database.containers.createIfNotExists({ id: "flat", partitionKey: { paths: ["/pk"] } }, { offerThroughput: 20_000 });
    await database.containers.createIfNotExists({
      id: "streams",
      partitionKey: { paths: ["/tenant", "/stream"], kind: "MultiHash", version: 2 },
    });
    const { resources } = await database.containers.readAll().fetchAll();
    assert.deepEqual(resources.map(({ id }) => id).sort(), ["flat", "streams"]);
    assert.deepEqual((await container.read()).resource.partitionKey.paths, ["/pk"]);
    const { resources: ranges } = await container.readPartitionKeyRanges().fetchAll();
    assert.ok(ranges.length > 1, "The queries below are to cross partitions.");
  },

  async "items"() {
    const container = client.database("js").container("flat");
    const created = await container.items.create({ id: "1", pk: "a", n: 1 });
    assert.equal(created.statusCode, 201);
    assert.ok(created.requestCharge > 0);
    await refused(409, () => container.items.create({ id: "1", pk: "a" }));
    assert.equal((await container.item("1", "a").read()).resource.n, 1);
    assert.equal((await container.item("1", "b").read()).statusCode, 404);
    await container.item("1", "a").replace({ id: "1", pk: "a", n: 2 });
    await container.items.upsert({ id: "1", pk: "a", n: 3 });
    await container.item("1", "a").patch([{ op: "incr", path: "/n", value: 4 }]);
    assert.equal((await container.item("1", "a").read()).resource.n, 7);
    assert.equal((await container.item("1", "a").delete()).statusCode, 204);
    await refused(404, () => container.item("1", "a").delete());
  },

  async "hierarchical keys"() {
    const container = client.database("js").container("streams");
    await container.items.create({ id: "1", tenant: "t", stream: "s" });
    assert.equal((await container.item("1", ["t", "s"]).read()).resource.id, "1");
    assert.equal((await container.item("1", ["t", "x"]).read()).statusCode, 404);
    const found = await all(container.items.query("SELECT VALUE c.id FROM c", { partitionKey: ["t", "s"] }));
    assert.deepEqual(found, ["1"]);
  },

  async "etags"() {
    const container = client.database("js").container("flat");
    const { etag } = await container.items.create({ id: "e", pk: "a", n: 1 });
    const condition = (type, value) => ({ accessCondition: { type, condition: value } });
    await container.item("e", "a").replace({ id: "e", pk: "a", n: 2 }, condition("IfMatch", etag));
    await refused(412, () => container.item("e", "a").replace({ id: "e", pk: "a", n: 3 }, condition("IfMatch", etag)));
    await refused(412, () => container.item("e", "a").delete(condition("IfMatch", etag)));
    const { etag: current, resource } = await container.item("e", "a").read();
    assert.equal(resource.n, 2);
    assert.equal((await container.item("e", "a").read(condition("IfNoneMatch", current))).statusCode, 304);
  },

  async "transactional batches"() {
    const container = client.database("js").container("flat");
    const done = await container.items.batch(
      [
        { operationType: "Create", resourceBody: { id: "b1", pk: "b", n: 1 } },
        { operationType: "Upsert", resourceBody: { id: "b2", pk: "b", n: 2 } },
        { operationType: "Replace", id: "b2", resourceBody: { id: "b2", pk: "b", n: 3 } },
        { operationType: "Patch", id: "b2", resourceBody: { operations: [{ op: "incr", path: "/n", value: 1 }] } },
        { operationType: "Read", id: "b2" },
        { operationType: "Delete", id: "b1" },
      ],
      "b",
    );
    assert.equal(done.code, 200);
    assert.deepEqual(done.result.map(({ statusCode }) => statusCode), [201, 201, 200, 200, 200, 204]);
    assert.equal(done.result[4].resourceBody.n, 4);
    assert.ok(done.result[0].eTag);

    const failed = await container.items.batch(
      [
        { operationType: "Create", resourceBody: { id: "b3", pk: "b" } },
        { operationType: "Replace", id: "b2", ifMatch: done.result[1].eTag, resourceBody: { id: "b2", pk: "b" } },
      ],
      "b",
    );
    assert.deepEqual(failed.result.map(({ statusCode }) => statusCode), [424, 412]);
    assert.equal((await container.item("b3", "b").read()).statusCode, 404);
  },

  async "bulk"() {
    const container = client.database("js").container("flat");
    const results = await container.items.executeBulkOperations(
      Array.from({ length: 60 }, (_, n) => ({
        operationType: "Create",
        partitionKey: `k${n % 20}`,
        resourceBody: { id: `q${n}`, pk: `k${n % 20}`, n, kind: "q" },
      })),
    );
    assert.deepEqual(new Set(results.map(({ response }) => response?.statusCode)), new Set([201]));
  },

  async "queries"() {
    const container = client.database("js").container("flat");
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    const where = { query: "SELECT VALUE c.n FROM c WHERE c.kind = @kind ORDER BY c.n DESC", parameters: [{ name: "@kind", value: "q" }] };
    assert.deepEqual(await all(container.items.query(where, { maxItemCount: 7 })), numbers.toReversed());
    const one = await all(container.items.query("SELECT VALUE c.n FROM c WHERE c.kind = 'q' ORDER BY c.n", { partitionKey: "k3" }));
    assert.deepEqual(one, [3, 23, 43]);
    assert.deepEqual(await all(container.items.query("SELECT VALUE COUNT(1) FROM c WHERE c.kind = 'q'")), [60]);
    assert.deepEqual(await all(container.items.query("SELECT VALUE SUM(c.n) FROM c WHERE c.kind = 'q'")), [1770]);
    const groups = await all(container.items.query("SELECT c.pk, COUNT(1) AS count FROM c WHERE c.kind = 'q' GROUP BY c.pk"));
    assert.equal(groups.length, 20);
    assert.ok(groups.every(({ count }) => count === 3));
    const distinct = await all(container.items.query("SELECT DISTINCT VALUE c.pk FROM c WHERE c.kind = 'q'"));
    assert.equal(distinct.length, 20);
    const window = await all(container.items.query("SELECT VALUE c.n FROM c WHERE c.kind = 'q' ORDER BY c.n OFFSET 10 LIMIT 5"));
    assert.deepEqual(window, [10, 11, 12, 13, 14]);
    assert.deepEqual(await all(container.items.query("SELECT TOP 3 VALUE c.n FROM c WHERE c.kind = 'q' ORDER BY c.n")), [0, 1, 2]);
    await refused(400, () => container.items.query("SELECT FROM WHERE").fetchAll());
    assert.equal((await all(container.items.readAll({ maxItemCount: 9 }))).filter(({ kind }) => kind === "q").length, 60);
  },

  async "change feed"() {
    const container = client.database("js").container("flat");
    const whole = await changes(container.items.getChangeFeedIterator({ changeFeedStartFrom: ChangeFeedStartFrom.Beginning(), maxItemCount: 11 }));
    assert.equal(whole.filter(({ kind }) => kind === "q").length, 60);
    const one = await changes(container.items.getChangeFeedIterator({ changeFeedStartFrom: ChangeFeedStartFrom.Beginning("k3") }));
    assert.deepEqual(one.map(({ n }) => n), [3, 23, 43]);

    const now = container.items.getChangeFeedIterator({ changeFeedStartFrom: ChangeFeedStartFrom.Now("k3") });
    const { continuationToken } = await now.readNext();
    await container.items.create({ id: "later", pk: "k3" });
    const later = await changes(container.items.getChangeFeedIterator({ changeFeedStartFrom: ChangeFeedStartFrom.Continuation(continuationToken) }));
    assert.deepEqual(later.map(({ id }) => id), ["later"]);
  },

  async "deleting"() {
    assert.equal((await client.database("js").container("streams").delete()).statusCode, 204);
    assert.equal((await client.database("js").delete()).statusCode, 204);
    await refused(404, () => client.database("js").read());
  },
};

let failures = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`passed: ${name}`);
  } catch (error) {
    failures++;
    console.log(`FAILED: ${name}: ${error.stack}`);
  }
}
client.dispose();
process.exitCode = failures === 0 ? 0 : 1;
