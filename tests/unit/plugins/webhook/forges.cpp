// What GitHub, Gitea, Forgejo and GitLab send.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier::webhook::test;

namespace {

const Pairs github_release{{"x-github-event", "release"}, {"content-type", "application/json"}};
const Pairs all_events{{"events", "release"}, {"events", "push"},         {"events", "issues"},
                       {"events", "tag"},     {"events", "pull_request"}, {"events", "discussion"}};

std::string release(const std::string& action, const std::string& more = {}) {
    return R"({"action": ")" + action +
           R"(", "release": {"id": 42, "html_url": "https://e.org/r/v1", "tag_name": "v1", "name": "One", )" +
           more +
           R"x("body": "# New\r\n- *a*\r\n\r\n![x](https://e.org/p.png)", "draft": false, "prerelease": false, )x"
           R"("created_at": "1970-01-01T00:00:00Z", "published_at": "1970-01-01T00:00:01Z", )"
           R"("author": {"login": "jo"}}, "repository": {"full_name": "a/b"}})";
}

const std::string one =
    "- id=release:42 title=One link=https://e.org/r/v1 content=New||- a author=jo published=1000000 "
    "media=https://e.org/p.png,image/*,x,content_image\n";

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_forges)

BOOST_AUTO_TEST_CASE(releases_of_github) {
    BOOST_TEST(told(release("published"), github_release) == one);
    BOOST_TEST(told(release("edited"), github_release) == one);
    BOOST_TEST(told(release("deleted"), github_release) == "- id=release:42 gone=yes\n");
    BOOST_TEST(told(release("unpublished"), github_release) == "- id=release:42 gone=yes\n");
    BOOST_TEST(told(release("created"), github_release) == "");
    BOOST_TEST(told(release("published", R"("draft": true, "x": 1, )"), github_release) ==
               one); // the last one counts
    BOOST_TEST(told(R"({"action": "edited", "release": {"id": 1, "name": "x", "draft": true}})",
                    github_release) == "");
    BOOST_TEST(
        told(
            R"({"action": "published", "release": {"id": 1, "tag_name": "v2", "name": null, "prerelease": true}})",
            github_release) == "- id=release:1 title=v2 category=prerelease\n");
    BOOST_TEST(told(release("published"), github_release, {{"events", "push"}}) == "");
    BOOST_TEST(told(R"({"action": "published"})", github_release) ==
               "error: this release has no id: it is no event of GitHub, Gitea or Forgejo\n");
    BOOST_TEST(told(R"({"action": "published", "release": {"id": 1}})", github_release) ==
               "error: this event lacks what it is known by (its id, and a title or an address): it is none "
               "of the sender "
               "that `form` or its headers name\n");
}

BOOST_AUTO_TEST_CASE(releases_of_gitea_and_forgejo) {
    for (const char* header : {"x-gitea-event", "x-forgejo-event"}) {
        const Pairs headers{{header, "release"}, {"x-github-event", "release"}};
        BOOST_TEST(told(release("published"), headers) == one);
        BOOST_TEST(told(release("updated"), headers) == one);
        BOOST_TEST(told(release("deleted"), headers) == "- id=release:42 gone=yes\n");
        for (const char* form : {"gitea", "forgejo"})
            BOOST_TEST(told(release("updated"), headers, {{"form", form}}) == one);
    }
}

BOOST_AUTO_TEST_CASE(releases_of_gitlab) {
    const Pairs headers{{"x-gitlab-event", "Release Hook"}};
    const auto body = [](const std::string& action) {
        return R"({"id": 7, "object_kind": "release", "action": ")" + action +
               R"(", "name": "One", "tag": "v1", "url": "https://e.org/-/releases/v1", "description": "**New**", )"
               R"("released_at": "1970-01-01 00:00:01 UTC", "commit": {"author": {"name": "Jo"}}})";
    };
    const std::string item =
        "- id=release:7 title=One link=https://e.org/-/releases/v1 content=New author=Jo "
        "published=1000000\n";
    BOOST_TEST(told(body("create"), headers) == item);
    BOOST_TEST(told(body("update"), headers) == item);
    BOOST_TEST(told(body("delete"), headers) == "- id=release:7 gone=yes\n");
    BOOST_TEST(told(body("create"), headers, {{"events", "push"}}) == "");
    BOOST_TEST(told("{}", headers) == "error: the body has no object_kind: it is no event of GitLab\n");
}

BOOST_AUTO_TEST_CASE(pushes) {
    const Pairs headers{{"x-github-event", "push"}};
    const auto body = [](const std::string& ref, const std::string& after, const std::string& commits) {
        return R"({"ref": ")" + ref + R"(", "after": ")" + after +
               R"(", "compare": "https://e.org/c", "pusher": {"name": "jo"}, "head_commit": {"message": "b\n\nmore", )"
               R"("url": "https://e.org/b", "timestamp": "1970-01-01T01:00:01+01:00"}, "commits": [)" +
               commits + "]}";
    };
    const std::string two = R"({"message": "a\n\nx"}, {"message": "b\n\nmore"})";
    BOOST_TEST(told(body("refs/heads/main", "abc", two), headers, all_events) ==
               "- id=push:main:abc title=b link=https://e.org/c content=- a|- b author=jo published=1000000 "
               "category=main\n");
    BOOST_TEST(told(body("refs/heads/main", "abc", R"({"message": "b"})"), headers, all_events) ==
               "- id=push:main:abc title=b link=https://e.org/b content=- b author=jo published=1000000 "
               "category=main\n");
    BOOST_TEST(told(body("refs/tags/v1", "abc", ""), headers, all_events) ==
               "- id=tag:v1:abc title=v1 link=https://e.org/b content=b||more author=jo published=1000000 "
               "category=v1\n");
    BOOST_TEST(told(body("refs/tags/v1", "abc", ""), headers, {{"events", "tag"}}).size() > 0);
    BOOST_TEST(told(body("refs/heads/x", "abc", two), headers, {{"events", "tag"}}) == "");
    BOOST_TEST(told(body("refs/heads/x", "abc", two), headers) == "");
    BOOST_TEST(told(body("refs/heads/x", "abc", ""), headers, all_events) == "");
    BOOST_TEST(told(body("refs/heads/x", "0000000", two), headers, all_events) == "");
    BOOST_TEST(told(body("refs/notes/x", "abc", two), headers, all_events) == "");
    // Gitea and GitLab say some of it elsewhere.
    BOOST_TEST(
        told(
            R"({"ref": "refs/heads/m", "after": "a", "compare_url": "https://e.org/c", "pusher": {"login": "j", )"
            R"("full_name": "Jo"}, "commits": [{"message": "a"}, {"message": "b"}]})",
            {{"x-gitea-event", "push"}}, all_events) ==
        "- id=push:m:a title=b link=https://e.org/c content=- a|- b author=Jo category=m\n");
    BOOST_TEST(told(R"({"object_kind": "tag_push", "ref": "refs/tags/v1", "after": "a", "message": "One", )"
                    R"("user_name": "Jo", "commits": [{"message": "x", "url": "https://e.org/x"}]})",
                    {{"x-gitlab-event", "Tag Push Hook"}}, all_events) ==
               "- id=tag:v1:a title=v1 link=https://e.org/x content=One author=Jo category=v1\n");
}

BOOST_AUTO_TEST_CASE(issues_and_discussions) {
    const std::string thing = R"({"id": 5, "title": "T", "html_url": "https://e.org/5", "body": "a\r\nb", )"
                              R"("user": {"login": "jo"}, "created_at": "1970-01-01T00:00:01Z", )"
                              R"("labels": [{"name": "bug"}, 7], "category": {"name": "Ideas"}})";
    const struct {
        const char* event;
        const char* key;
        const char* action;
    } cases[] = {{"issues", "issue", "opened"},
                 {"pull_request", "pull_request", "opened"},
                 {"discussion", "discussion", "created"}};
    for (const auto& [event, key, action] : cases) {
        const auto body = [&, name = key](const std::string& done) {
            return R"({"action": ")" + done + R"(", ")" + name + R"(": )" + thing + "}";
        };
        const Pairs headers{{"x-github-event", event}};
        BOOST_TEST(told(body(action), headers, all_events) ==
                   "- id=" + std::string{key} +
                       ":5 title=T link=https://e.org/5 content=a|b author=jo published=1000000 category=bug "
                       "category=Ideas\n");
        BOOST_TEST(told(body("deleted"), headers, all_events) ==
                   "- id=" + std::string{key} + ":5 gone=yes\n");
        BOOST_TEST(told(body("labeled"), headers, all_events) == "");
        BOOST_TEST(told(body(action), headers) == "");
        BOOST_TEST(told("{}", headers, all_events).substr(0, 25) == "error: this event has no ");
    }
    const Pairs gitlab{{"x-gitlab-event", "Issue Hook"}};
    BOOST_TEST(
        told(R"({"object_kind": "issue", "user": {"name": "Jo"}, "labels": [{"title": "bug"}], )"
             R"("object_attributes": {"id": 5, "title": "T", "url": "https://e.org/5", "action": "open", )"
             R"("description": "a", "created_at": "1970-01-01 00:00:01 UTC"}})",
             gitlab, all_events) ==
        "- id=issue:5 title=T link=https://e.org/5 content=a author=Jo published=1000000 category=bug\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_asked_for_is_nothing) {
    for (const char* event : {"ping", "star", "workflow_run"})
        BOOST_TEST(told("{}", {{"x-github-event", event}}, all_events) == "");
    BOOST_TEST(told(R"({"object_kind": "pipeline"})", {{"x-gitlab-event", "Pipeline Hook"}}, all_events) ==
               "");
}

BOOST_AUTO_TEST_SUITE_END()
