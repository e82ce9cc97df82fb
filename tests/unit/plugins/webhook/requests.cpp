// How requests carry their JSON, and options.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::webhook::test;

BOOST_AUTO_TEST_SUITE(webhook_requests)

BOOST_AUTO_TEST_CASE(json_comes_as_a_body_or_in_a_form) {
    const Pairs form{{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}};
    BOOST_TEST(told("a=b&payload=%7B%22title%22%3A+%22a%2Bb%26c%22%7d&payload=x", form) == "- title=a+b&c\n");
    BOOST_TEST(told("payload=%7B%22title%22:%22%zz%2%\"}", form) == "- title=%zz%2%\n");
    for (const char* type : {"application/json", "application/vnd.x+json; charset=utf-8", "text/plain", ""})
        BOOST_TEST(told("{\"title\": \"a\"}\n", {{"content-type", type}}) == "- title=a\n");
    BOOST_TEST(
        told("payload", form) ==
        "error: the form that was sent has no field `payload`: send JSON (application/json), or JSON in that "
        "field\n");
    BOOST_TEST(told(" \n") == "error: the request has no body: send JSON (application/json)\n");
    BOOST_TEST(told("<a/>", {{"content-type", "Text/XML"}}) ==
               "error: the body must be JSON (it says that it is text/xml): broken JSON (syntax error)\n");
    BOOST_TEST(told("{\"title\": \"a\"") == "error: the body must be JSON: this JSON breaks off\n");
    BOOST_TEST(told("{\"title\": \"a\"}\n{}") ==
               "error: the body must be one JSON value, and something follows it\n");
}

BOOST_AUTO_TEST_CASE(a_forge_says_what_happened) {
    const std::string error =
        "error: the request does not say what happened: what the source's `form` names sends a "
        "header X-GitHub-Event, X-GitLab-Event, X-Gitea-Event or X-Forgejo-Event\n";
    for (const char* form : {"github", "gitlab", "gitea"})
        BOOST_TEST(told("{}", {}, {{"form", form}}) == error);
}

BOOST_AUTO_TEST_CASE(options_that_make_no_sense) {
    const struct {
        Pairs settings;
        const char* error;
    } cases[] = {
        {{{"form", "sourcehut"}}, "form: 'sourcehut' is none of github, gitlab, gitea, forgejo and json"},
        {{{"events", "stars"}},
         "events: 'stars' is none of release, push, tag, issues, pull_request and discussion"},
        {{{"fields", "x"}},
         "fields must be a mapping of an item's fields to places in the JSON, such as {title: "
         "story.headline}"},
        {{{"fields.titel", "x"}},
         "fields: 'titel' is no field of an item; there are id, title, link, published, updated, due, "
         "expires, summary, "
         "content, author, categories, media, alt, language and weight"},
        {{{"fields.title", " "}}, "fields: say where in the JSON title stands, or leave it out"},
        {{{"fields.title", "x"}, {"form", "github"}},
         "fields: they say how JSON of any kind is read; leave them out, or say form: json"},
        {{{"events", "push"}, {"form", "json"}}, "events: JSON of any kind has none; leave them out"},
        {{{"event", "push"}}, "'event' is no key of the plugin webhook; there are form, events and fields"},
    };
    for (const auto& [settings, error] : cases)
        BOOST_TEST(told("{}", {}, settings) == "error: " + std::string{error} + "\n");
}

BOOST_AUTO_TEST_SUITE_END()
