// Anybody may send.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

using namespace crier::webhook::test;

namespace {

const std::string good =
    R"({"action": "published", "object_kind": "release", "ref": "refs/heads/m", "after": "a", "id": 1, "title": "T", )"
    R"x("release": {"id": 42, "html_url": "https://e.org/", "name": "One", "body": "*a* [b](https://e.org/)", )x"
    R"("author": {"login": "jo"}}, "commits": [{"message": "a\nb", "url": "https://e.org/"}], )"
    R"("issue": {"id": 1, "title": "x", "labels": [{"name": "y"}]}})";

const std::vector<Pairs> senders{{},
                                 {{"x-github-event", "release"}},
                                 {{"x-github-event", "push"}},
                                 {{"x-github-event", "issues"}},
                                 {{"x-gitea-event", "release"}},
                                 {{"x-gitlab-event", "Hook"}},
                                 {{"content-type", "application/x-www-form-urlencoded"}}};

void look(std::string_view body) {
    for (const Pairs& headers : senders)
        (void)heard(body, headers,
                    headers.empty() ? Pairs{}
                                    : Pairs{{"events", "release"}, {"events", "push"}, {"events", "issues"}});
}

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_hostile)

BOOST_AUTO_TEST_CASE(cut_off_after_every_byte_nothing_comes) {
    for (std::size_t size = 0; size < good.size(); ++size)
        for (const Pairs& headers : senders)
            BOOST_TEST(heard(std::string_view{good}.substr(0, size), headers).items.empty(), size);
    look(good);
}

BOOST_AUTO_TEST_CASE(bytes_changed_by_chance_do_no_harm) {
    std::mt19937_64 random{crier::plugin_test::test_seed()};
    for (int round = 0; round < 3000; ++round) {
        std::string body = good;
        for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
            body[random() % body.size()] = static_cast<char>(random());
        look(body);
    }
}

BOOST_AUTO_TEST_CASE(values_of_any_kind_do_no_harm) {
    for (const char* value :
         {"null", "1", "-1.5", "\"\"", "true", "[]", "{}", "[[]]", "{\"id\": {}}", "{\"id\": 1}"})
        for (const char* key : {"release", "action", "ref", "after", "commits", "head_commit", "issue",
                                "object_kind", "object_attributes", "pusher", "labels"}) {
            std::string body = "{\"" + std::string{key} + "\": " + value;
            look(body + "}");
            body += ", \"x\": 1";
            for (const char* other : {R"("ref": "refs/heads/m")", R"("after": "a")", R"("action": "opened")",
                                      R"("object_kind": "push")", R"("commits": [1, {}])"})
                body += ", " + std::string{other};
            look(body + "}");
        }
}

BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    crier::plugin_test::many_times({"[", "{\"a\":", "1,", "{\"id\":1},", "\"", "a=b&", "&", "%7b", "="}, "[",
                                   "1]", [](const std::string& body) { look(body); });
    crier::plugin_test::many_times({"*a", "[a](b", "![x](https://e.org/)", "a\\n", "<!--"},
                                   R"({"action":"published","release":{"id":1,"name":"x","body":")", "\"}}",
                                   [](const std::string& body) { (void)heard(body, senders[1]); });
    crier::plugin_test::many_times({"{\"message\":\"a\"},", "1,"},
                                   R"({"ref":"refs/heads/m","after":"a","commits":[)", "1]}",
                                   [](const std::string& body) {
                                       (void)heard(body, senders[2], {{"events", "push"}});
                                   });
}

BOOST_AUTO_TEST_SUITE_END()
