// What `crier export` writes is what `crier import` reads.
#include "commands/export_lines.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::commands;
namespace json = boost::json;

namespace {

const Instant moment = *from_rfc3339("2026-11-24T12:00:00.5Z");

store::WholePost full_post() {
    store::WholePost whole;
    Post& post = whole.post;
    post.id = 17;
    post.account = "news";
    post.origin.kind = OriginKind::source;
    post.origin.name = "blog";
    post.origin.item = "abc";
    post.key = post_key("m.example", "news", post.origin);
    post.state = PostState::retrying;
    post.code = ReasonCode::not_sent;
    post.reason = "no connection";
    post.priority = Priority::thread;
    post.due = moment;
    post.expires = moment + std::chrono::hours{1};
    post.next = Instant::max();
    post.content.status = "Words \"in\" quotes\n\x01";
    post.content.language = "de";
    Media media;
    media.file = "/srv/a.png";
    media.copy = "/var/lib/crier/media/a.png";
    media.alt = "a dot";
    media.server_id = "109";
    post.content.media.push_back(media);
    post.generation = 1;
    post.attempts = 2;
    post.first_attempt = moment;
    post.key_since = moment;
    post.last_attempt = moment;
    post.in_doubt = true;
    post.tries = 3;
    post.approved = true;
    post.part = 1;
    post.parts = 3;
    post.parent = digest_of("parent");
    post.link = digest_of("link");
    post.created = moment;
    post.sent.boot = 42;
    post.sent.key_since = Mono{Duration{7}};
    post.sent.quiet_until = Mono{Duration{8}};
    post.planned = moment;
    Attempt attempt;
    attempt.number = 1;
    attempt.started = moment;
    attempt.key = "wire";
    attempt.http = 503;
    attempt.outcome = "unknown";
    whole.attempts.push_back(attempt);
    Amendment amendment;
    amendment.kind = Amendment::Kind::remove;
    amendment.person = true;
    amendment.asked = moment;
    amendment.next = moment;
    whole.amendment = amendment;
    return whole;
}

/// Through its text, as a file has it.
template <class Row>
json::object line_of(const Row& row) {
    return json::parse(json::serialize(export_line(row))).as_object();
}

template <class Row>
Row again(const Row& row) {
    Result<ExportedRow> read = read_export_line(line_of(row));
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_REQUIRE(std::holds_alternative<Row>(*read));
    return std::get<Row>(*read);
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands_export_lines)

BOOST_AUTO_TEST_CASE(a_post_comes_back_as_it_was_but_for_what_is_this_machines) {
    const store::WholePost whole = full_post();
    const store::WholePost read = again(whole);
    BOOST_TEST(json::serialize(line_of(read)) == json::serialize(line_of(whole)));
    BOOST_TEST((read.post.key == whole.post.key));
    BOOST_TEST((read.post.next == Instant::max()));
    BOOST_TEST((read.post.state == PostState::retrying));
    BOOST_TEST((read.post.priority == Priority::thread));
    BOOST_TEST((read.post.sent == whole.post.sent));
    BOOST_TEST((read.post.parent == whole.post.parent));
    BOOST_TEST((read.post.due == moment));
    BOOST_TEST(read.post.content.status == whole.post.content.status);
    BOOST_REQUIRE(read.post.content.media.size() == 1U);
    BOOST_TEST(read.post.content.media[0].file == "/srv/a.png");
    BOOST_TEST(read.post.content.media[0].copy.empty());
    BOOST_TEST(read.post.content.media[0].server_id.empty());
    BOOST_REQUIRE(read.attempts.size() == 1U);
    BOOST_TEST(read.attempts[0].http == 503);
    BOOST_REQUIRE(read.amendment.has_value());
    BOOST_TEST((read.amendment->kind == Amendment::Kind::remove));
    BOOST_TEST(read.amendment->person);
}

BOOST_AUTO_TEST_CASE(all_other_rows_come_back) {
    SeenItem seen;
    seen.source = "blog";
    seen.account = "news";
    seen.item = digest_of("item");
    seen.title = "T";
    seen.verdict = "accepted";
    seen.seen = moment;
    seen.dated = moment;
    BOOST_TEST((again(seen).item == seen.item));
    BOOST_TEST((again(seen).link == Digest{}));
    BOOST_TEST((again(seen).dated == seen.dated));
    Story story;
    story.account = "news";
    story.story = digest_of("s");
    story.told = moment;
    BOOST_TEST((again(story).told == moment));
    Tombstone tombstone;
    tombstone.key = digest_of("k");
    tombstone.expires = moment;
    BOOST_TEST((again(tombstone).key == tombstone.key));
    EntryState entry;
    entry.entry = "hello";
    entry.fired = moment;
    entry.counter = 12;
    entry.fuse.why = "far too many";
    BOOST_TEST(again(entry).counter == 12);
    BOOST_TEST(again(entry).fuse.why == "far too many");
    DrawnItem drawn;
    drawn.entry = "art";
    drawn.item = digest_of("i");
    drawn.mark.round = 3;
    BOOST_TEST(again(drawn).mark.round == 3);
    OriginState origin;
    origin.kind = OriginKind::entry;
    origin.name = "hello";
    origin.identity = "hi";
    origin.edition = 2;
    BOOST_TEST((again(origin).kind == OriginKind::entry));
    BOOST_TEST(again(origin).edition == 2);
    AccountState account;
    account.account = "news";
    account.not_before = Instant::max(); // held: what for is for the other machine to find out
    account.paused = true;
    BOOST_TEST((again(account).not_before == Instant{}));
    BOOST_TEST(again(account).paused);
    SourceState source;
    source.source = "blog";
    source.cursor = "validators";
    source.last_success = moment;
    BOOST_TEST(again(source).cursor.empty()); // so that it is looked at in full
    BOOST_TEST((again(source).last_success == moment));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_and_what_is_new_passed_over) {
    const auto refusal = [](const char* text) {
        const Result<ExportedRow> row = read_export_line(json::parse(text).as_object());
        return row ? std::string{} : row.error().message;
    };
    BOOST_TEST(refusal(R"({"kind":"seen","source":"a","account":"b","item":"xyz"})") ==
               "item must be 64 hexadecimal digits");
    BOOST_TEST(refusal(R"({"kind":"seen","source":7})") == "source must be a text");
    BOOST_TEST(refusal(R"({"kind":"entry"})") == "entry must be given");
    BOOST_TEST(refusal(R"({"kind":"entry","entry":"a","fired":"yesterday"})").find("fired must be a time") ==
               0U);
    BOOST_TEST(refusal(R"({"source":"a"})") == "kind must be given");
    BOOST_TEST(refusal(R"({"kind":"entry","entry":"a","later":{"x":1}})").empty());
    const Result<ExportedRow> unknown =
        read_export_line(json::parse(R"({"kind":"mood","of":"news"})").as_object());
    BOOST_REQUIRE(unknown);
    BOOST_TEST(std::get<UnknownLine>(*unknown).kind == "mood");
    json::object post = export_line(full_post());
    post["state"] = "elsewhere";
    BOOST_TEST(read_export_line(post).error().message.find("state must be a word") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
