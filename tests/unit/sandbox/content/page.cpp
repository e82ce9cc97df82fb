#include "sandbox/content/page.hpp"

#include "holds.hpp"
#include "sandbox/content/html.hpp"
#include "sandbox/content/page_parts.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier::sandbox;
using crier::sandbox::test::holds;

namespace {

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

PageStatus status() {
    PageStatus one;
    one.id = "101";
    one.account = "harbour_news";
    one.html = status_html("Good morning");
    one.visibility = "public";
    one.created_at = "2026-01-05T10:00:00.123+01:00";
    one.language = "en";
    return one;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_page)

BOOST_AUTO_TEST_CASE(a_page_needs_nothing_from_elsewhere) {
    PageStatus picture = status();
    picture.media.push_back({"/media/1.png", "image", "A harbour"});
    const std::string page = timeline_page({"http://127.0.0.1:3000", 1, {}}, {picture});
    BOOST_TEST(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    BOOST_TEST(count(page, "<script") == 1U);
    BOOST_TEST(holds(page, "<script src=\"/sandbox/page.js\" defer></script>"));
    BOOST_TEST(!holds(page, "src=\"http"));
    BOOST_TEST(!holds(page, "url("));
    BOOST_TEST(!holds(page, "@import"));
    BOOST_TEST(!holds(page, " style=\"")); // the policy lets in one style, with its nonce
    for (const std::string_view handler : {" onclick=", " onload=", " onerror="})
        BOOST_TEST(!holds(page, handler));
    BOOST_TEST(holds(page, "<style nonce=\"crier-sandbox\">"));
    BOOST_TEST(holds(page_policy(), "style-src 'nonce-crier-sandbox'"));
    BOOST_TEST(holds(page_policy(), "default-src 'none'"));
    BOOST_TEST(!holds(page_policy(), "unsafe"));
    BOOST_TEST(holds(page_script(), "\"/sandbox/page\""));
}

BOOST_AUTO_TEST_CASE(the_page_holds_the_list_and_says_what_is_switched_on) {
    const std::vector<PageStatus> statuses = {status()};
    const std::string page =
        timeline_page({"http://<host>:3000", 1234, {"answers <503>", "slow media"}}, statuses);
    BOOST_TEST(holds(page, timeline_list(statuses)));
    BOOST_TEST(holds(page, "http://&lt;host&gt;:3000"));
    BOOST_TEST(holds(page, ">1234</dd>"));
    BOOST_TEST(holds(page, "<li>answers &lt;503&gt;</li><li>slow media</li>"));
    BOOST_TEST(!holds(timeline_page({}, statuses), "Faults"));
}

BOOST_AUTO_TEST_CASE(an_empty_timeline_says_so) {
    BOOST_TEST(holds(timeline_list({}), "Nothing has been posted yet"));
}

BOOST_AUTO_TEST_CASE(a_card_says_who_when_and_to_whom) {
    const std::string card = timeline_list({status()});
    BOOST_TEST(holds(card, "<li class=\"card\" id=\"status-101\">"));
    BOOST_TEST(holds(card, ">HN</span>"));
    BOOST_TEST(holds(card, "@harbour_news"));
    BOOST_TEST(
        holds(card, "<time datetime=\"2026-01-05T10:00:00.123+01:00\">5 Jan 2026, 09:00:00 UTC</time>"));
    BOOST_TEST(holds(card, "Public</span>"));
    BOOST_TEST(holds(card, "lang=\"en\"><p>Good morning</p></div>"));
    for (const auto& [name, label] :
         {std::pair("unlisted", "Unlisted"), std::pair("private", "Followers only"),
          std::pair("direct", "Direct"), std::pair("odd", "odd")}) {
        PageStatus one = status();
        one.visibility = name;
        BOOST_TEST(holds(timeline_list({one}), std::string(label) + "</span>"));
    }
}

BOOST_AUTO_TEST_CASE(order_is_kept) {
    PageStatus first = status(), second = status();
    second.id = "100";
    const std::string list = timeline_list({first, second});
    BOOST_TEST(list.find("status-101") < list.find("status-100"));
}

BOOST_AUTO_TEST_CASE(a_content_warning_folds_text_and_media) {
    PageStatus one = status();
    one.spoiler_text = "The <end>";
    one.media.push_back({"/media/1.png", "image", "A harbour"});
    const std::string card = timeline_list({one});
    const auto folded =
        card.find("<details class=\"warning\"><summary><span dir=\"auto\">The &lt;end&gt;</span>");
    BOOST_REQUIRE(folded != std::string::npos);
    BOOST_TEST(card.find("Good morning") > folded);
    BOOST_TEST(card.find("/media/1.png") > folded);
    BOOST_TEST(card.find("/media/1.png") < card.find("</details>"));
}

BOOST_AUTO_TEST_CASE(sensitive_media_are_folded_and_the_text_is_not) {
    PageStatus one = status();
    one.sensitive = true;
    BOOST_TEST(!holds(timeline_list({one}), "<details"));
    one.media.push_back({"/media/1.png", "image", ""});
    const std::string card = timeline_list({one});
    BOOST_TEST(card.find("Good morning") < card.find("<details"));
    BOOST_TEST(card.find("/media/1.png") > card.find("<details"));
}

BOOST_AUTO_TEST_CASE(media_show_their_descriptions) {
    PageStatus one = status();
    one.media = {{"/media/1.png", "image", "A \"blue\" harbour"},
                 {"/media/2.mp4", "video", "Waves"},
                 {"/media/3.mp4", "gifv", "A gull"},
                 {"/media/4.mp3", "audio", "Wind"},
                 {"", "video", "Not ready"},
                 {"/media/5.png", "image", ""},
                 {"/media/6.bin", "unknown", "A file"}};
    const std::string card = timeline_list({one});
    BOOST_TEST(holds(card, "alt=\"A &quot;blue&quot; harbour\""));
    BOOST_TEST(holds(card, "<b>ALT</b> A &quot;blue&quot; harbour"));
    BOOST_TEST(
        holds(card, "<video controls preload=\"metadata\" src=\"/media/2.mp4\" aria-label=\"Waves\">"));
    BOOST_TEST(holds(card, "<video controls loop muted playsinline src=\"/media/3.mp4\""));
    BOOST_TEST(holds(card, "<audio controls preload=\"metadata\" src=\"/media/4.mp3\" aria-label=\"Wind\">"));
    BOOST_TEST(holds(card, "Still being processed"));
    BOOST_TEST(holds(card, "<b>no ALT</b>"));
    BOOST_TEST(holds(card, "<a href=\"/media/6.bin\">unknown file</a>"));
    BOOST_TEST(count(card, "<figure>") == 7U);
}

BOOST_AUTO_TEST_CASE(deleted_ones_are_marked) {
    PageStatus one = status();
    one.deleted = true;
    const std::string card = timeline_list({one});
    BOOST_TEST(holds(card, "class=\"card deleted\""));
    BOOST_TEST(holds(card, ">deleted</b>"));
}

BOOST_AUTO_TEST_CASE(nothing_given_can_break_out) {
    const std::string evil = "\"><script>x</script>'";
    PageStatus one;
    one.id = one.account = one.spoiler_text = one.visibility = one.created_at = one.language = evil;
    one.html = status_html(evil);
    one.media.push_back({evil, evil, evil});
    BOOST_TEST(!holds(timeline_list({one}), "<script"));
    BOOST_TEST(count(timeline_page({evil, 1, {evil}}, {one}), "<script") == 1U);
}

BOOST_AUTO_TEST_CASE(initials_of_accounts) {
    BOOST_TEST(initials("news") == "NE");
    BOOST_TEST(initials("harbour_news_bot") == "HN");
    BOOST_TEST(initials("_a") == "A");
    BOOST_TEST(initials("x.y@host") == "XY");
    BOOST_TEST(initials("") == "?");
    BOOST_TEST(initials("ü") == "?");
}

BOOST_AUTO_TEST_SUITE_END()
