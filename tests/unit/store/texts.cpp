#include "harness.hpp"
#include "store/content_text.hpp"

using namespace crier;
using namespace crier::test;
using namespace std::string_literals;

namespace {

const std::vector<std::pair<const char*, std::string>>& odd_texts() {
    static const std::vector<std::pair<const char*, std::string>> texts{
        {"empty", ""},
        {"NUL in the middle", "a\0b"s},
        {"only NUL", "\0"s},
        {"quotes", R"(it's "quoted" \ `back` ; -- /* */)"},
        {"SQL", "'); DROP TABLE posts; --"},
        {"control characters", "\x01\x02\t\r\n\x1b[31m\x7f"},
        {"emoji and joiners", "👩‍👩‍👧 e\u0301 \u202e \ufeff"},
        {"noncharacters", "\xef\xbf\xbf \xf4\x8f\xbf\xbf"},
        {"stray continuation", "a\x80z"},
        {"cut off in the middle", "caf\xc3"},
        {"Latin-1", "caf\xe9 cr\xe8me"},
        {"overlong slash", "\xc0\xaf"},
        {"surrogate half", "\xed\xa0\x80"},
        {"beyond Unicode", "\xf5\x80\x80\x80"},
        {"all bytes",
         [] {
             std::string all;
             for (int i = 0; i < 256; ++i)
                 all += static_cast<char>(i);
             return all;
         }()},
        {"a megabyte", std::string(1U << 20U, 'x')},
        {"a megabyte of three bytes each",
         [] {
             std::string text;
             while (text.size() < (1U << 20U))
                 text += "€";
             return text;
         }()},
    };
    return texts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(texts)

BOOST_AUTO_TEST_CASE(every_text_comes_back_byte_for_byte) {
    for (const auto& [what, text] : odd_texts())
        BOOST_TEST_CONTEXT(what) {
            const Folder folder;
            Post post = make_post("p");
            post.origin.name = text;
            post.reason = text;
            post.content.status = text;
            post.content.spoiler_text = text;
            post.content.language = text;
            Media media;
            media.file = text;
            media.url = text;
            media.alt = text;
            media.type = text;
            post.content.media = {media};
            post.status_url = text;
            Attempt attempt = make_attempt(1, 1);
            attempt.key = text;
            attempt.outcome = text;
            attempt.detail = text;
            SeenItem seen = make_seen("i");
            seen.source = text;
            seen.title = text;
            seen.address = text;
            seen.verdict = text;
            {
                OpenStore store{folder.db()};
                Batch batch;
                batch.insert = {post};
                batch.attempts = {attempt};
                batch.seen = {seen};
                batch.sources.resize(1);
                batch.sources[0].source = text;
                batch.sources[0].cursor = text;
                batch.accounts.resize(1);
                batch.accounts[0].account = text;
                batch.accounts[0].profile = text;
                batch.entries.resize(1);
                batch.entries[0].entry = text;
                BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
            }
            OpenStore store{folder.db()};
            const LaneWork work = store.lane(noon); // what does not read would stop the whole lane
            BOOST_REQUIRE(work.posts.size() == 1U);
            const Post& read = work.posts[0];
            BOOST_TEST((read.origin.name == text));
            BOOST_TEST((read.reason == text));
            BOOST_TEST((read.content == post.content));
            BOOST_TEST((read.status_url == text));
            const Attempt tried = store.attempts(1).at(0);
            BOOST_TEST((tried.key == text && tried.outcome == text && tried.detail == text));
            SeenQuery query;
            query.source = text;
            query.account = "news";
            query.items = {seen.item};
            const SeenItem noted = store.seen(query).at(0);
            BOOST_TEST((noted.title == text && noted.address == text && noted.verdict == text));
            const States states = store.load();
            BOOST_TEST((states.sources.at(0).source == text && states.sources.at(0).cursor == text));
            BOOST_TEST((states.accounts.at(0).account == text && states.accounts.at(0).profile == text));
            BOOST_TEST((states.entries.at(0).entry == text));
            PostQuery by_origin;
            by_origin.origin = text;
            BOOST_TEST(store.find(std::move(by_origin)).size() == 1U);
        }
}

BOOST_AUTO_TEST_CASE(all_that_a_post_can_be_comes_back) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = make_post("p");
    PostContent& content = post.content;
    content.poll.emplace();
    content.poll->options = {"Tea", "Coffee \xff", ""};
    content.poll->open = 1us;
    content.poll->multiple = content.poll->hide_totals = true;
    content.quote = "114";
    content.quote_policy = QuotePolicy::nobody;
    content.content_type = "text/markdown";
    content.local_only = content.pin = true;
    Media media;
    media.focus = Focus{-1, 0.1};
    media.thumbnail = "/srv/cover.png";
    media.thumbnail_copy = "/var/lib/crier/media/1t";
    media.strip_metadata = true;
    content.media = {media, Media{}};
    BOOST_TEST((store.put(post).content == content));
}

BOOST_AUTO_TEST_CASE(text_without_data_is_empty_text) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = make_post("p");
    post.content.status = std::string{};
    post.reason = std::string(std::string_view{});
    BOOST_TEST(store.put(post).reason == "");
}

BOOST_AUTO_TEST_CASE(times_reach_from_one_end_to_the_other) {
    const Folder folder;
    OpenStore store{folder.db()};
    int n = 0;
    for (const Instant when :
         {Instant::min(), Instant{} - 1us, Instant{}, Instant{1us}, noon, Instant::max()}) {
        Post post = make_post(std::to_string(n++));
        post.due = post.next = post.created = when;
        post.expires = post.first_attempt = post.last_attempt = when;
        Media media;
        media.server_id = "1";
        media.uploaded = when;
        post.content.media = {media};
        const Post read = store.put(post);
        BOOST_TEST((read.due == when && read.next == when && read.created == when));
        BOOST_TEST((read.expires == when && read.first_attempt == when && read.last_attempt == when));
        BOOST_TEST((read.content == post.content));
    }
    BOOST_TEST(store.lane(Instant::min()).posts.size() == 1U);
    BOOST_TEST(store.lane(Instant::max()).posts.size() == 6U);
    Batch batch;
    batch.now = Instant::max(); // a clock that stood in the far future once
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    BOOST_TEST((store.load().last_alive == Instant::max()));
}

BOOST_AUTO_TEST_CASE(content_that_does_not_read_is_no_empty_post) {
    for (const char* damaged : {"", "{", "[]", "null", "\"status\"", "{\"status\":\"a\"} x"}) {
        PostContent content;
        BOOST_TEST(!store::content_from_text(damaged, content), damaged);
    }
    // What is not said is what harms least.
    PostContent content;
    BOOST_TEST(store::content_from_text(R"({"visibility":"everybody"})", content));
    BOOST_TEST((content.visibility == Visibility::direct));
}

BOOST_AUTO_TEST_SUITE_END()
