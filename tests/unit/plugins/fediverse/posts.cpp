// What of a status becomes of an item, and which ones are wanted.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::fediverse::test;

namespace {

/// The words that follow id, author and such of a bare status.
std::string of(const std::string& more, const Settings& settings = {}) {
    return told("[" + status(1, more) + "]", settings);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fediverse_posts)

BOOST_AUTO_TEST_CASE(a_status_has_all_that_an_item_has) {
    BOOST_TEST(
        told(
            R"([{"id":"109","created_at":"2026-11-27T01:00:00.000Z","in_reply_to_id":null,"sensitive":false,)"
            R"("spoiler_text":"","visibility":"public","language":"de","uri":"https://m.example/users/jo/109",)"
            R"("url":"https://m.example/@jo/109","edited_at":"2026-11-27T01:00:01Z","content":"<p>Hallo<br/>Welt</p>)"
            R"(<p>:blobcat:</p>","reblog":null,"account":{"id":"7","username":"jo","display_name":" Jo :x: "},)"
            R"("tags":[{"name":"Katze","url":"https://m.example/tags/katze"},{"name":"hund"}],"mentions":[],)"
            R"("media_attachments":[{"type":"image","url":"https://f.example/a.JPG?1","description":"A cat"},)"
            R"({"type":"gifv","url":"https://f.example/b.mp4"},{"type":"audio","url":null,)"
            R"("remote_url":"https://f.example/c.ogg","description":null},)"
            R"({"type":"unknown","url":"https://f.example/d.webp"},{"type":"unknown","url":"https://f.example/e"},)"
            R"({"type":"image","url":"https://f.example/f"},{"type":"video","url":"https://f.example/g.png"}],)"
            R"("card":{"url":"https://e.org"},"poll":null}])") ==
        "- id=https://m.example/users/jo/109 link=https://m.example/@jo/109 content=Hallo|Welt||:blobcat: "
        "author=Jo :x: language=de published=1795741200 updated=1795741201 category=Katze category=hund "
        "media=https://f.example/a.JPG?1,image/jpeg,A cat,enclosure "
        "media=https://f.example/b.mp4,video/mp4,,enclosure "
        "media=https://f.example/c.ogg,audio/ogg,,enclosure "
        "media=https://f.example/d.webp,image/webp,,enclosure "
        "media=https://f.example/f,image/*,,enclosure media=https://f.example/g.png,video/*,,enclosure\n");
}

BOOST_AUTO_TEST_CASE(fields_may_be_missing_null_or_of_another_kind) {
    BOOST_TEST(told(R"([{"uri":"https://p.example/objects/1"}])") ==
               "- id=https://p.example/objects/1 link=https://p.example/objects/1\n");
    BOOST_TEST(
        told(R"([{"id":7,"url":"https://p.example/1","account":null,"tags":null,"media_attachments":null,)"
             R"("mentions":{},"poll":[],"content":null,"created_at":12,"language":null,"reblog":null,)"
             R"("spoiler_text":null,"sensitive":null,"visibility":null,"in_reply_to_id":null}])") ==
        "- id=https://p.example/1 link=https://p.example/1\n");
    BOOST_TEST(told(R"([{"uri":"u1","account":{"acct":"jo@e.org"},"tags":["x",{"name":null}],)"
                    R"("media_attachments":["x",{"type":"image","url":"file:///etc/passwd"}]}])") ==
               "- id=u1 author=jo@e.org\n");
    BOOST_TEST(
        told(R"([7,{"id":"1"},{"uri":"u2"}])") ==
        "- id=u2\n! post 1 is no object {...}; it was left out\n! post 2: it has neither uri nor url; it "
        "was left out\n");
}

BOOST_AUTO_TEST_CASE(only_what_is_public_is_taken) {
    for (const char* open : {"public", "unlisted"})
        BOOST_TEST(of(R"(,"visibility":")" + std::string{open} + "\"") == "- id=u1 author=jo\n");
    for (const char* closed : {"private", "direct", "local", "mutuals_only"})
        BOOST_TEST(of(R"(,"visibility":")" + std::string{closed} + "\"", everything) == "");
}

BOOST_AUTO_TEST_CASE(replies_are_taken_where_they_are_wanted) {
    const std::string to_other = R"(,"in_reply_to_id":"5","in_reply_to_account_id":"9")";
    BOOST_TEST(of(to_other) == "");
    BOOST_TEST(of(to_other, everything) == "- id=u1 author=jo\n");
    BOOST_TEST(of(R"(,"in_reply_to_id":"5")") == "");
    // A thread of one's own; numbers may be numbers.
    BOOST_TEST(of(R"(,"in_reply_to_id":"5","in_reply_to_account_id":"7")") == "- id=u1 author=jo\n");
    BOOST_TEST(of(R"(,"in_reply_to_id":5,"in_reply_to_account_id":7)") == "- id=u1 author=jo\n");
}

BOOST_AUTO_TEST_CASE(boosts_are_items_of_those_who_wrote_them) {
    const std::string boost =
        R"(,"created_at":"1970-01-01T00:00:09Z","reblog":{"uri":"https://o.example/1","url":"https://o.example/@al/1",)"
        R"("created_at":"1970-01-01T00:00:01Z","content":"<p>x</p>","account":{"id":"8","display_name":"Al"})";
    BOOST_TEST(of(boost + "}") == "");
    BOOST_TEST(of(boost + "}", everything) ==
               "- id=https://o.example/1 link=https://o.example/@al/1 content=x author=Al published=9\n");
    BOOST_TEST(of(boost + R"(,"in_reply_to_id":"1"})", {{"boosts", "true"}}) != "");
    BOOST_TEST(of(boost + R"(,"visibility":"private"})", everything) == "");
    BOOST_TEST(of(boost + R"(,"sensitive":true})", {{"boosts", "true"}}) == "");
}

BOOST_AUTO_TEST_CASE(what_is_sensitive_is_taken_where_it_is_wanted) {
    BOOST_TEST(of(R"(,"sensitive":true)") == "");
    BOOST_TEST(of(R"(,"sensitive":true)", everything) == "- id=u1 author=jo\n");
    BOOST_TEST(of(R"(,"spoiler_text":"food\n talk","content":"<p>x</p>")") == "");
    BOOST_TEST(of(R"(,"spoiler_text":"food\n talk","content":"<p>x</p>")", everything) ==
               "- id=u1 title=food talk summary=food| talk content=x author=jo\n");
}

BOOST_AUTO_TEST_CASE(a_poll_stands_behind_the_text) {
    const std::string poll = R"(,"poll":{"options":[{"title":"Yes\nor","votes_count":1},{"title":"No"},7]})";
    BOOST_TEST(of(R"(,"content":"<p>Well?</p>")" + poll) ==
               "- id=u1 content=Well?||- Yes or|- No author=jo\n");
    BOOST_TEST(of(poll) == "- id=u1 content=- Yes or|- No author=jo\n");
}

BOOST_AUTO_TEST_SUITE_END()
