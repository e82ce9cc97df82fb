#include "core/delivery/evidence.hpp"

#include "decided.hpp"

#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace crier;
using namespace crier::delivery;
using namespace std::chrono_literals;

namespace crier::delivery {

std::ostream& operator<<(std::ostream& out, Finding finding) {
    constexpr const char* names[] = {"found", "two", "alike", "missing", "unproven"};
    return out << names[static_cast<std::size_t>(finding)];
}

} // namespace crier::delivery

namespace {

const Instant tried = *from_rfc3339("2026-11-24T12:00:00Z");

/// A post whose only attempt, at noon, is in doubt.
Post doubtful(const std::string& text) {
    Post post;
    post.id = 1;
    post.key = digest_of("a post");
    post.account = "news";
    post.state = PostState::doubt;
    post.in_doubt = true;
    post.attempts = 1;
    post.created = tried - 1min;
    post.first_attempt = post.key_since = tried;
    post.last_attempt = tried;
    post.content.status = text;
    return post;
}

SeenStatus seen(std::string id, std::string text, Duration after = 1s) {
    SeenStatus status;
    status.id = std::move(id);
    status.url = "https://m.example/@news/" + status.id;
    status.created = tried + after;
    status.text = std::move(text);
    status.visibility = "public";
    return status;
}

/// Newest first, with one of ours, "10", from the day before at its end.
Timeline page_of(std::vector<SeenStatus> statuses) {
    Timeline page;
    page.sight = Sight::seen;
    page.http = 200;
    page.reaches_back = true;
    page.ahead = Duration::zero();
    page.statuses = std::move(statuses);
    page.statuses.push_back(seen("10", "from yesterday", -24h));
    return page;
}

const std::set<std::string> ours{"10"};

Evidence find(const Post& post, const Timeline& page, const std::set<std::string>& known = ours) {
    return search(post, crier::test::at(Rules{}, tried + 10min), page, known);
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_evidence)

BOOST_AUTO_TEST_CASE(a_status_with_its_words_from_the_time_of_the_attempt_is_the_post) {
    const Timeline page = page_of({seen("12", "something else"), seen("11", "hello")});
    const Evidence evidence = find(doubtful("hello"), page);
    BOOST_TEST(evidence.finding == Finding::found);
    BOOST_TEST(evidence.status->id == "11");
}

BOOST_AUTO_TEST_CASE(text_is_compared_as_servers_show_it) {
    const std::pair<const char*, const char*> shown[] = {
        {"One\n\nTwo  three", "\nOne\n\nTwo three\n"},      // paragraphs
        {"  hello \n", "hello"},                            // stripped
        {"To @friend@else.example: hi", "To @friend: hi"},  // a mention is shown without its host
        {"To @friend: hi", "To @friend@m.example: hi"},     // or with one
        {"See #CamelCase", "See #camelcase"},               // a hashtag in its usual form
        {"@\xE2\x80\x8Bnobody is told", "@nobody is told"}, // a defused mention
        {"Mail a@b.example/x https://e.example/@c@d.example",
         "Mail a@b.example/x https://e.example/@c@d.example"},
    };
    for (const auto& [text, there] : shown)
        BOOST_TEST(find(doubtful(text), page_of({seen("11", there)})).finding == Finding::found, text);
    BOOST_TEST(find(doubtful("hello"), page_of({seen("11", "hello!")})).finding == Finding::missing);
}

BOOST_AUTO_TEST_CASE(a_warning_without_a_text_becomes_the_text) {
    Post post = doubtful("");
    post.content.spoiler_text = "spiders";
    BOOST_TEST(find(post, page_of({seen("11", "spiders")})).finding == Finding::found);
    post.content.status = "hello";
    BOOST_TEST(find(post, page_of({seen("11", "hello")})).finding == Finding::alike);
    SeenStatus folded = seen("11", "hello");
    folded.spoiler_text = "Spiders";
    BOOST_TEST(find(post, page_of({folded})).finding == Finding::found);
}

BOOST_AUTO_TEST_CASE(the_servers_time_must_be_inside_the_attempts_window) {
    // The first request may be at work until the quiet period is over, and clocks may be a minute off.
    const auto at = [](Duration after) {
        return find(doubtful("hello"), page_of({seen("11", "hello", after)})).finding;
    };
    BOOST_TEST(at(-59s) == Finding::found);
    BOOST_TEST(at(60s + 150s + 59s) == Finding::found);
    // Nothing proves that such a one is not it, either: the clock may have been set in between.
    BOOST_TEST(at(-61s) == Finding::alike);
    BOOST_TEST(at(60s + 150s + 61s) == Finding::alike);
    // A server whose clock is an hour ahead, and says so.
    Timeline page = page_of({seen("11", "hello", 1h)});
    page.ahead = 1h;
    BOOST_TEST(find(doubtful("hello"), page).finding == Finding::found);
    // One that does not say: five minutes.
    page = page_of({seen("11", "hello", -4min)});
    page.ahead.reset();
    BOOST_TEST(find(doubtful("hello"), page).finding == Finding::found);
    // One without a time.
    page = page_of({seen("11", "hello")});
    page.statuses[0].created.reset();
    BOOST_TEST(find(doubtful("hello"), page).finding == Finding::alike);
}

BOOST_AUTO_TEST_CASE(one_status_settles_one_post) {
    const Timeline page = page_of({seen("11", "hello")});
    BOOST_TEST(find(doubtful("hello"), page, {"10", "11"}).finding == Finding::missing);
}

BOOST_AUTO_TEST_CASE(of_two_equal_ones_neither_is_taken) {
    const Evidence evidence =
        find(doubtful("hello"), page_of({seen("12", "hello", 30s), seen("11", "hello")}));
    BOOST_TEST(evidence.finding == Finding::two);
    BOOST_TEST(evidence.why == "https://m.example/@news/12 and https://m.example/@news/11");
}

BOOST_AUTO_TEST_CASE(the_number_of_media_counts) {
    Post post = doubtful("hello");
    post.content.media.resize(1);
    post.content.media[0].server_id = "m1";
    SeenStatus status = seen("11", "hello");
    BOOST_TEST(find(post, page_of({status})).finding == Finding::alike); // its picture may have been lost
    status.media = {"another"};
    BOOST_TEST(find(post, page_of({status})).finding == Finding::found);
}

BOOST_AUTO_TEST_CASE(media_ids_decide_where_the_text_was_rewritten) {
    Post post = doubtful("hello *world*");
    post.content.media.resize(1);
    post.content.media[0].server_id = "m1";
    SeenStatus status = seen("11", "hello world");
    status.media = {"m1"};
    SeenStatus other = seen("12", "hello *world*");
    other.media = {"m2"};
    const Timeline page = page_of({other, status});
    const Evidence evidence = find(post, page);
    BOOST_TEST(evidence.finding == Finding::found);
    BOOST_TEST(evidence.status->id == "11");
}

BOOST_AUTO_TEST_CASE(a_link_decides_where_the_text_was_rewritten_if_nothing_else_there_has_it) {
    const Post post = doubtful("*News*: https://Example.org/a?utm_source=x");
    SeenStatus status = seen("11", "News: https://example.org/a");
    status.links = {"https://example.org/a"};
    BOOST_TEST(find(post, page_of({status})).finding == Finding::found);
    SeenStatus other = seen("12", "Once more: https://example.org/a", -1h);
    other.links = status.links;
    BOOST_TEST(find(post, page_of({status, other})).finding == Finding::alike);
    // An old post with the same link says nothing of this one.
    BOOST_TEST(find(post, page_of({other})).finding == Finding::missing);
}

BOOST_AUTO_TEST_CASE(a_boost_is_no_post) {
    SeenStatus boost = seen("11", "hello");
    boost.boost = true;
    BOOST_TEST(find(doubtful("hello"), page_of({boost})).finding == Finding::missing);
}

BOOST_AUTO_TEST_CASE(absence_needs_a_listing_that_would_show_it) {
    const Post post = doubtful("hello");
    Timeline page = page_of({seen("11", "something else")});
    BOOST_TEST(find(post, page).finding == Finding::missing);
    BOOST_TEST(find(post, page, {}).finding == Finding::unproven); // shows nothing that is known to be there
    page.reaches_back = false;
    BOOST_TEST(find(post, page).finding == Finding::unproven);
    page.reaches_back = true;
    page.stale = true;
    BOOST_TEST(find(post, page).finding == Finding::unproven);
    BOOST_TEST(find(post, page).why == "what the server shows of the account is an old copy");
}

BOOST_AUTO_TEST_CASE(after_a_resend_an_earlier_attempt_may_be_what_is_there) {
    Post post = doubtful("hello");
    post.created = tried - 3h;
    const Timeline page = page_of({seen("11", "hello", -2h)});
    BOOST_TEST(find(post, page).finding == Finding::alike);
    post.generation = 1;
    BOOST_TEST(find(post, page).finding == Finding::found);
}

BOOST_AUTO_TEST_CASE(a_receipt_says_what_is_not_as_it_was_asked_for) {
    Post post = doubtful("hello");
    post.content.media.resize(2);
    StatusSight sight;
    sight.sight = Sight::seen;
    sight.status = seen("11", "hello");
    sight.status.media = {"m1", "m2"};
    BOOST_TEST(!receipt_note(post, sight));
    sight.status.media.pop_back();
    BOOST_TEST(receipt_note(post, sight).value() == "published, but shown with 1 of 2 media");
    sight.status.visibility = "unlisted";
    BOOST_TEST(receipt_note(post, sight).value() == "published, but shown as unlisted and not as public");
    sight.sight = Sight::gone;
    BOOST_TEST(receipt_note(post, sight).value() ==
               "published, but nobody can see it: the server's filter dropped it, or somebody deleted it");
    for (const Sight none : {Sight::closed, Sight::later}) {
        sight.sight = none;
        BOOST_TEST(!receipt_note(post, sight));
    }
}

BOOST_AUTO_TEST_SUITE_END()
