#include "core/text/breaks.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier::text;

namespace {

/// The text with a bar wherever a sentence or paragraph ends within it.
std::string barred(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (const Break& one : breaks_of(text, {})) {
        out += text.substr(done, one.end - done);
        done = one.end;
        if (one.kind >= Break::Kind::sentence && one.end < text.size())
            out += '|';
    }
    return out + std::string{text.substr(done)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(sentence_ends)

BOOST_AUTO_TEST_CASE(where_a_sentence_ends_and_where_not) {
    const char* const rows[] = {
        // marks
        "One. Two",
        "One.| Two",
        "One! Two? Three",
        "One!| Two?| Three",
        "Wait... What",
        "Wait...| What",
        "Wait… What",
        "Wait…| What",
        "Really?! Yes",
        "Really?!| Yes",
        "No mark here",
        "No mark here",
        "A, b; c: d",
        "A, b; c: d",
        // in what closes behind them
        "\"One.\" Two",
        "\"One.\"| Two",
        "(One.) Two",
        "(One.)| Two",
        "»One.« Two",
        "»One.«| Two",
        "“One.” Two",
        "“One.”| Two",
        // numbers, hosts, versions
        "It is 3.5 metres",
        "It is 3.5 metres",
        "At 10.30 it began",
        "At 10.30 it began",
        "See example.org for it",
        "See example.org for it",
        "Use v1.2.3 now",
        "Use v1.2.3 now",
        "In 2024. Then",
        "In 2024.| Then",
        "Am 3. Oktober",
        "Am 3. Oktober",
        "See https://example.org/a. Then",
        "See https://example.org/a.| Then",
        // abbreviations
        "Dr. No came",
        "Dr. No came",
        "Mr. and Mrs. Smith",
        "Mr. and Mrs. Smith",
        "Prof. Smith spoke",
        "Prof. Smith spoke",
        "J. S. Bach wrote",
        "J. S. Bach wrote",
        "St. John went",
        "St. John went",
        "Das ist z. B. so",
        "Das ist z. B. so",
        "Bread, milk etc. and more",
        "Bread, milk etc. and more",
        "Bread, milk etc. More",
        "Bread, milk etc.| More",
        "It took ca. 5 days",
        "It took ca. 5 days",
        "See Fig. 3 there",
        "See Fig. 3 there",
        "In Vol. 2 of it",
        "In Vol. 2 of it",
        // short words that end one
        "I said so. Then",
        "I said so.| Then",
        "So it is. And so",
        "So it is.| And so",
        // where no blanks stand
        "東京です。人口は",
        "東京です。|人口は",
        "本当!?はい",
        "本当!?はい",
        "本当！？はい",
        "本当！？|はい",
        "「はい。」と言った",
        "「はい。」|と言った",
        // other scripts' marks
        "यह है। वह है",
        "यह है।| वह है",
        "هل؟ نعم",
        "هل؟| نعم",
        // lines
        "- one\n- two",
        "- one|\n- two",
        "One\n\nTwo",
        "One|\n\nTwo",
        "One. \n Two",
        "One.| \n Two",
    };
    for (std::size_t i = 0; i < std::size(rows); i += 2)
        BOOST_TEST(barred(rows[i]) == rows[i + 1]);
}

BOOST_AUTO_TEST_CASE(a_paragraph_is_better_than_a_line) {
    const auto best = [](std::string_view text) {
        Break::Kind kind = Break::Kind::grapheme;
        for (const Break& one : breaks_of(text, {}))
            if (one.end < text.size())
                kind = std::max(kind, one.kind);
        return kind;
    };
    BOOST_TEST((best("one\n\ntwo") == Break::Kind::paragraph));
    BOOST_TEST((best("one\r\n\r\ntwo") == Break::Kind::paragraph));
    BOOST_TEST((best("one\ntwo") == Break::Kind::sentence));
    BOOST_TEST((best("one two") == Break::Kind::word));
    BOOST_TEST((best("onetwo") == Break::Kind::grapheme));
    BOOST_TEST((best("https://example.org/") == Break::Kind::grapheme));
}

BOOST_AUTO_TEST_SUITE_END()
