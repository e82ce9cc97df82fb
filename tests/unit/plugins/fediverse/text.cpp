// A status' HTML as text: mentions, hashtags and links as each kind of server writes them.

#include "fediverse/post_text.hpp"
#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using crier::fediverse::Mentions;
using crier::fediverse::post_text;
using namespace crier::fediverse::test;

BOOST_AUTO_TEST_SUITE(fediverse_text)

BOOST_AUTO_TEST_CASE(links_mentions_and_hashtags_stand_in_full) {
    const Mentions mentions{{"https://o.example/@al", "al@o.example"},
                            {"https://m.example/@jo", "jo@m.example"}};
    const struct {
        std::string html;
        std::string text;
    } cases[] = {
        // Mastodon
        {"<p>Hi <span class=\"h-card\" translate=\"no\"><a href=\"https://o.example/@al\" class=\"u-url "
         "mention\">@<span>al</span></a></span>!</p>",
         "Hi @al@o.example!"},
        {"<p>See <a href=\"https://e.org/a/long?x=1&amp;y=2\" target=\"_blank\"><span "
         "class=\"invisible\">https://"
         "</span><span class=\"ellipsis\">e.org/a/lo</span><span "
         "class=\"invisible\">ng?x=1&amp;y=2</span></a>.</p>",
         "See https://e.org/a/long?x=1&y=2."},
        {"<p><a href=\"https://m.example/tags/Cat\" class=\"mention hashtag\" "
         "rel=\"tag\">#<span>Cat</span></a> "
         "<a href=\"https://m.example/tags/Dog\" class=\"mention hashtag\" "
         "rel=\"tag\">#<span>Dog</span></a></p>",
         "#Cat #Dog"},
        // Not in the list: the address tells.
        {"<a href=\"https://x.example/users/bo\" class=\"mention\">@bo</a>", "@bo@x.example"},
        {"<a href=\"https://x.example/users/bo\">@bo@y.example</a>", "@bo@y.example"},
        // Pleroma and Misskey: bare addresses, words, shortened ones, www
        {"<a href=\"https://e.org/x\">https://e.org/x</a>", "https://e.org/x"},
        {"<a href='https://e.org/x'>our &lt;page&gt;</a>, <a href=\"https://e.org\">e.org</a>",
         "our <page> (https://e.org/x), https://e.org"},
        {"<a href=\"https://www.e.org/long/one\">e.org/long\xe2\x80\xa6</a>", "https://www.e.org/long/one"},
        {"<a href=\"https://e.org/x\">e</a>", "e (https://e.org/x)"},
        {"<a href=\"https://e.org/x\"><img src=\"https://e.org/p.png\"></a>", "https://e.org/x"},
        {"<a href=\"https://evil.example/x\">https://bank.example/</a>",
         "https://bank.example/ (https://evil.example/x)"},
        {"<a href=\"mailto:jo@e.org\">write</a> <a>x</a>", "write x"},
        // Broken
        {"<a href=\"https://e.org\">e.org", "https://e.org"},
        {"<p>a <a href=\"https://e.org", "a https://e.org"},
        {"a < b & c </a> d", "a < b & c d"},
        {"<A HREF=\"https://e.org/x\">y</A> <abbr>z</abbr>", "y (https://e.org/x) z"},
        {"", ""},
    };
    for (const auto& [html, text] : cases)
        BOOST_TEST(post_text(html, mentions) == text);
}

BOOST_AUTO_TEST_CASE(mentions_are_those_of_the_status) {
    const auto content = [](const std::string& acct) {
        const Yield yield =
            look(with("[" +
                      status(1, R"(,"content":"<a href=\"https://m.example/@al\">@al</a>","mentions":[)"
                                R"({"url":"https://m.example/@al","acct":")" +
                                    acct + R"("},7,{"acct":null}])") +
                      "]"));
        return yield.items.empty() ? yield.error : yield.items[0];
    };
    BOOST_TEST(content("al") == "id=u1 content=@al@m.example author=jo");
    BOOST_TEST(content("al@o.example") == "id=u1 content=@al@o.example author=jo");
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    for (const char* part :
         {"<a>", "</a>", "<a href=\"x\">", "<a", "</", "<a><b>", "<a>@x</a>", "<a href=\"https://e.org/",
          "&amp;", "<a href='https://e.org'>https://e.org</a>", "</abbr", "<a href=\"", "</A"}) {
        std::string many;
        for (int i = 0; i < 100'000; ++i)
            many += part;
        (void)post_text(many, {});
        (void)post_text("<a href=\"https://e.org\">" + many, {});
    }
}

BOOST_AUTO_TEST_SUITE_END()
