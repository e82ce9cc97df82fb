#include "answers.hpp"

#include <boost/test/unit_test.hpp>

namespace crier::mastodon::test {

HttpResponse response(int status, const char* headers, std::string body) {
    HttpResponse made;
    made.status = status;
    made.body = std::move(body);
    std::string_view rest{headers};
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto colon = line.find(": ");
        made.headers.emplace_back(std::string{line.substr(0, colon)}, std::string{line.substr(colon + 2)});
    }
    return made;
}

void check(std::initializer_list<Answer> answers) {
    const Instant now = *from_rfc3339("2026-11-24T12:00:00Z");
    for (const Answer& answer : answers) {
        BOOST_TEST_CONTEXT(answer.name) {
            const Reply reply =
                classify(answer.endpoint, response(answer.status, answer.headers, answer.body),
                         answer.media_unconfirmed, now);
            BOOST_TEST(reply.verdict == answer.verdict);
            BOOST_TEST(reply.http == answer.status);
            BOOST_TEST(reply.text == answer.text);
            const std::string_view hint{answer.hint};
            if (hint.empty())
                BOOST_TEST(reply.hint == "");
            else
                BOOST_TEST(reply.hint.find(hint) != std::string::npos,
                           "the hint \"" << reply.hint << "\" lacks \"" << hint << "\"");
        }
    }
}

} // namespace crier::mastodon::test
