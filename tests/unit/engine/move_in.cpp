// Moving over from a bot that kept a record: what is left is what that bot would have posted next.
#include "engine/move_in.hpp"

#include "engine/intake.hpp"
#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

const Instant then = *from_rfc3339("2026-11-24T12:00:00Z"); ///< the bot's last look
const Instant moved_at = then + std::chrono::hours{2};

Item dated_item(const std::string& id, Duration ago, const std::string& link = {}) {
    Item item;
    item.id = id;
    item.title = "Title " + id;
    item.link = link.empty() ? "https://example.org/" + id : link;
    item.published = then - ago;
    return item;
}

Item undated_item(const std::string& id) {
    Item item = dated_item(id, Duration{});
    item.published.reset();
    return item;
}

PostedRecord record_of(std::set<std::string> ids) {
    PostedRecord record;
    record.by = "feed2toot";
    record.ids = std::move(ids);
    record.until = then;
    record.newest = 10;
    return record;
}

/// The ids of those that are left.
std::string left_of(const std::vector<Item>& items, const PostedRecord& record) {
    const engine::MovedIn moved =
        engine::move_in("blog", "news", items, identify_all(items), record, moved_at);
    std::string left;
    for (const std::size_t place : moved.left)
        left += (left.empty() ? "" : " ") + items[place].id;
    BOOST_TEST(moved.posted + moved.old + moved.left.size() == items.size());
    return left;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_move_in)

BOOST_AUTO_TEST_CASE(by_ids_what_is_not_in_the_record_and_near_its_end_is_left) {
    const std::vector<Item> items = {dated_item("new", -1h), dated_item("late", 23h), dated_item("b", 2h),
                                     dated_item("never", 25h), dated_item("a", 30h)};
    BOOST_TEST(left_of(items, record_of({"a", "b"})) == "new late");
    BOOST_TEST(left_of(items, record_of({})) == "new late b");
    // Its link instead of an id, with a blank or another scheme: as crier compares links.
    BOOST_TEST(
        left_of({dated_item("", -1h, "http://example.org/x/")}, record_of({"https://example.org/x"})) == "");
}

BOOST_AUTO_TEST_CASE(what_stands_below_what_it_looked_at_is_old) {
    std::vector<Item> items;
    for (int i = 0; i < 15; ++i)
        items.push_back(undated_item(std::to_string(i)));
    BOOST_TEST(left_of(items, record_of({"3", "4"})) == "0 1 2 5 6 7 8 9");
    // Nothing of the feed is in the record, and nothing has a date: nobody knows, and nothing is posted.
    BOOST_TEST(left_of(items, record_of({"other"})) == "");
}

BOOST_AUTO_TEST_CASE(by_date_all_until_then_is_posted) {
    PostedRecord record;
    record.by = "feediverse";
    record.by_date = true;
    record.until = then;
    const std::vector<Item> items = {dated_item("new", -1h), dated_item("same", Duration{}),
                                     dated_item("old", 1h), undated_item("undated")};
    BOOST_TEST(left_of(items, record) == "new");
}

BOOST_AUTO_TEST_CASE(the_first_look_posts_what_is_left_and_what_came_since) {
    Harness h;
    h.settings.fuse.on = false;
    h.source("blog"); // first_run: {publish: 0} would note all
    h.feed.add("old", "Title old", h.time.now() - 30h);
    h.feed.add("posted", "Title posted", h.time.now() - 2h);
    h.feed.add("next", "Title next", h.time.now() - 1h);
    PostedRecord record = record_of({"posted", "gone-from-the-feed"});
    record.until = h.time.now() - 90min;
    const std::vector<Item> items = h.feed.items;
    const engine::MovedIn moved =
        engine::move_in("blog", "news", items, identify_all(items), record, h.time.now());
    Batch batch;
    batch.now = h.time.now();
    batch.seen = moved.seen;
    batch.source_accounts.push_back(moved.first_run);
    std::optional<Result<Applied>> applied;
    boost::asio::co_spawn(h.context, h.store.apply(std::move(batch)),
                          [&](std::exception_ptr, Result<Applied> result) { applied = std::move(result); });
    h.time.run_while([&] { return !applied; });
    h.start();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 1U);
    h.feed.add("gone-from-the-feed", "Title again", h.time.now());
    h.feed.add("later", "Title later", h.time.now());
    h.time.run_for(30min);
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
