// The judge of scripts/crash: it must find what is lost, doubled and wrong, or its "good" says nothing.

#include "crash/judge.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace crier::crash;
namespace json = boost::json;

namespace {

json::object status(const std::string& account, const std::string& text, const std::string& alt = {}) {
    static int number = 0;
    json::object one;
    one["id"] = std::to_string(++number);
    one["account"] = account;
    one["text"] = text;
    json::array media;
    if (!alt.empty())
        media.push_back(json::parse("{\"description\":\"" + alt + "\"}"));
    one["media"] = std::move(media);
    return one;
}

json::object post(const json::object& published, const std::string& state = "published") {
    json::object one;
    one["id"] = 1;
    one["text"] = published.at("text");
    one["state"] = state;
    one["reason"] = "";
    one["status_id"] = published.at("id");
    return one;
}

std::string counts(const Verdict& verdict) {
    return std::to_string(verdict.lost.size()) + " " + std::to_string(verdict.doubled.size()) + " " +
           std::to_string(verdict.wrong.size());
}

} // namespace

BOOST_AUTO_TEST_SUITE(crash_judge)

BOOST_AUTO_TEST_CASE(each_once_is_good) {
    const json::array there{status("one", "a"), status("two", "a"), status("one", "b", "alt")};
    const Verdict verdict = judge({{"one", "a", ""}, {"two", "a", ""}, {"one", "b", "alt"}}, there);
    BOOST_TEST(verdict.good());
}

BOOST_AUTO_TEST_CASE(lost_doubled_and_never_asked_for_are_found) {
    BOOST_TEST(counts(judge({{"one", "a", ""}}, {})) == "1 0 0");
    BOOST_TEST(counts(judge({{"one", "a", ""}}, {status("two", "a")})) == "1 0 1");
    BOOST_TEST(counts(judge({{"one", "a", ""}}, {status("one", "a"), status("one", "a")})) == "0 1 0");
    BOOST_TEST(counts(judge({}, {status("one", "a")})) == "0 0 1");
}

BOOST_AUTO_TEST_CASE(a_picture_that_is_missing_or_anothers_is_found) {
    BOOST_TEST(counts(judge({{"one", "a", "alt"}}, {status("one", "a")})) == "0 0 1");
    BOOST_TEST(counts(judge({{"one", "a", "alt"}}, {status("one", "a", "other")})) == "0 0 1");
    BOOST_TEST(counts(judge({{"one", "a", ""}}, {status("one", "a", "alt")})) == "0 0 1");
}

BOOST_AUTO_TEST_CASE(a_tick_between_others_may_not_be_missing) {
    const auto tick = [](int second) {
        return status("one", "tick 2026-01-05T09:00:0" + std::to_string(second) + "Z");
    };
    BOOST_TEST(judge({}, {tick(2), tick(4), tick(6)}).good());
    BOOST_TEST(counts(judge({}, {tick(2), tick(6)})) == "1 0 0");
    BOOST_TEST(counts(judge({}, {tick(2), tick(4), tick(4)})) == "0 1 0");
}

BOOST_AUTO_TEST_CASE(the_outbox_agrees_with_the_server) {
    const json::object a = status("one", "a");
    const json::object b = status("one", "b");
    BOOST_TEST(judge_outbox({post(a), post(b)}, {a, b}).good());
    BOOST_TEST(counts(judge_outbox({post(a), post(b, "held")}, {a, b})) == "1 0 1");
    BOOST_TEST(counts(judge_outbox({post(a), post(a)}, {a})) == "0 1 0");
    BOOST_TEST(counts(judge_outbox({post(a), post(b)}, {a})) == "0 0 1");
    BOOST_TEST(counts(judge_outbox({post(a)}, {a, b})) == "0 0 1");
}

BOOST_AUTO_TEST_SUITE_END()
