#include "sys/token_record.hpp"

#include "support/temporary.hpp"
#include "sys/token_source.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

using namespace crier;
using test::TemporaryDirectory;

namespace {

sys::TokenRecord record_of(const std::string& token) {
    sys::TokenRecord record;
    record.server = "https://m.example";
    record.client_id = "id";
    record.client_secret = Secret{"c1ient"};
    record.scopes = {"write:statuses", "write:media"};
    record.created = from_rfc3339("2026-11-24T09:00:00Z");
    record.account = "news";
    record.token = digest_of(token);
    return record;
}

} // namespace

BOOST_AUTO_TEST_SUITE(token_records)

BOOST_AUTO_TEST_CASE(what_is_written_reads_the_same) {
    const TemporaryDirectory directory;
    const std::string token = directory.file("news.token", "abc\n");
    (void)directory.file("news.token.app", sys::to_text(record_of("abc")));
    BOOST_TEST(sys::record_path(token) == token + ".app");
    const Result<sys::TokenRecord> read = sys::read_token_record(token, Secret{"abc"});
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->server == "https://m.example");
    BOOST_TEST(read->client_id == "id");
    BOOST_TEST(read->client_secret.reveal() == "c1ient");
    BOOST_TEST((read->scopes == std::vector<std::string>{"write:statuses", "write:media"}));
    BOOST_TEST(to_rfc3339(*read->created) == "2026-11-24T09:00:00Z");
    BOOST_TEST(read->account == "news");
    const auto source = sys::make_token_source({TokenRef::Kind::file, token}, sys::Environment{},
                                               [](const Secret&) {}); // as the daemon has it
    BOOST_TEST((source->scopes() == read->scopes));
}

BOOST_AUTO_TEST_CASE(what_no_scope_can_be_is_not_read_back) {
    const TemporaryDirectory directory;
    const std::string token = directory.file("news.token", "abc\n");
    sys::TokenRecord record = record_of("abc");
    record.scopes = {"read\xc2\x9b"
                     "2J",
                     "write:statuses"};
    (void)directory.file("news.token.app", sys::to_text(record));
    const Result<sys::TokenRecord> read = sys::read_token_record(token, Secret{"abc"});
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->scopes == std::vector<std::string>{"write:statuses"}));
}

BOOST_AUTO_TEST_CASE(it_is_about_one_token_and_no_other) {
    const TemporaryDirectory directory;
    const std::string token = directory.file("news.token", "by-hand\n");
    (void)directory.file("news.token.app", sys::to_text(record_of("abc")));
    BOOST_TEST((sys::read_token_record(token, Secret{"by-hand"}).error().cause == Cause::not_found));
    BOOST_TEST(sys::make_token_source({TokenRef::Kind::file, token}, sys::Environment{})->scopes().empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_record_says_nothing) {
    const TemporaryDirectory directory;
    const std::string token = directory.file("news.token", "abc\n");
    BOOST_TEST((sys::read_token_record(token, Secret{"abc"}).error().cause == Cause::not_found));
    for (const char* text :
         {"", "{}", "[]", "null", "{\"server\":\"s\"}", "{\"token_sha256\":7}", "garbage"}) {
        (void)directory.file("news.token.app", text);
        BOOST_TEST((sys::read_token_record(token, Secret{"abc"}).error().cause == Cause::corrupt), text);
    }
    // What others may read is not believed, and not used.
    const std::string open = directory.file("news.token.app", sys::to_text(record_of("abc")));
    BOOST_TEST(::chmod(open.c_str(), 0644) == 0);
    BOOST_TEST((sys::read_token_record(token, Secret{"abc"}).error().cause == Cause::token));
    // But for the one purpose of ending the token; not where they may have written it.
    BOOST_TEST(sys::read_token_record(token, Secret{"abc"}, sys::Exposed::taken).has_value());
    BOOST_TEST(::chmod(open.c_str(), 0646) == 0);
    BOOST_TEST(sys::read_token_record(token, Secret{"abc"}, sys::Exposed::taken).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
