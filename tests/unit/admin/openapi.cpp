// docs/openapi.json against the routes that there are, and against what they answer.

#include "admin/events.hpp"
#include "admin/page.hpp"
#include "desk.hpp"
#include "support/json_schema.hpp"

using namespace crier;
using namespace crier::test;

namespace {

namespace json = boost::json;

const json::object& openapi() {
    static const json::value parsed = json::parse(admin::openapi_text());
    return parsed.as_object();
}

json::string_view key_of(std::string_view text) {
    return {text.data(), text.size()};
}

/// Null: not described.
const json::object* operation(std::string_view method, std::string_view path) {
    const json::value* found = openapi().at("paths").as_object().if_contains(key_of(path));
    const json::value* one =
        found != nullptr ? found->as_object().if_contains(method == "GET" ? "get" : "post") : nullptr;
    return one != nullptr ? &one->as_object() : nullptr;
}

/// What an answer of this status is described as.
const json::object& described_answer(const json::object& described, int status) {
    const json::object& responses = described.at("responses").as_object();
    const json::value* one = responses.if_contains(std::to_string(status));
    if (one == nullptr)
        one = &responses.at("default");
    if (const json::value* reference = one->as_object().if_contains("$ref"))
        return *referred(openapi(), std::string_view{reference->as_string()});
    return one->as_object();
}

/// An answer as the daemon's server has it, held against its description.
class Held {
public:
    explicit Held(Desk& desk)
        : events_(desk.time, "1")
        , api_(*desk.engine, desk.time, true, &events_)
        , desk_(desk) {}

    void ask(const std::string& method, const std::string& route, const std::string& path,
             std::vector<std::pair<std::string, std::string>> query = {}, const std::string& body = {}) {
        BOOST_TEST_CONTEXT(method + " " + path + " " + body) {
            LocalRequest request;
            request.method = method;
            request.path = path;
            request.query = std::move(query);
            request.body = body;
            std::optional<LocalResponse> answer;
            boost::asio::co_spawn(desk_.context, api_.handle(std::move(request)),
                                  [&](std::exception_ptr, LocalResponse r) { answer = std::move(r); });
            desk_.time.run_while([&] { return !answer; });
            const json::object* described = operation(method, route);
            BOOST_REQUIRE(described != nullptr);
            const json::object& content =
                described_answer(*described, answer->status).at("content").as_object();
            const std::string type = answer->content_type.substr(0, answer->content_type.find(';'));
            BOOST_REQUIRE(content.contains(type));
            if (type == "application/json")
                for (const std::string& fault :
                     faults_by_schema(json::parse(answer->body),
                                      content.at("application/json").at("schema").as_object(), openapi()))
                    BOOST_ERROR(fault);
            status = answer->status;
            asked.insert(route);
        }
    }

    int status = 0;
    std::set<std::string> asked;

private:
    admin::Events events_;
    admin::Api api_;
    Desk& desk_;
};

void put_in(std::string& path, std::string_view mark, std::string_view word) {
    if (const auto at = path.find(mark); at != std::string::npos)
        path.replace(at, mark.size(), word);
}

void check_references(const json::value& value) {
    if (value.is_array())
        for (const json::value& one : value.get_array())
            check_references(one);
    if (!value.is_object())
        return;
    for (const auto& [name, one] : value.get_object()) {
        if (name == "$ref")
            BOOST_TEST(referred(openapi(), std::string_view{one.as_string()}) != nullptr,
                       one.as_string().c_str());
        check_references(one);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_openapi)

BOOST_AUTO_TEST_CASE(each_route_is_described_and_nothing_else_is) {
    std::set<std::string> there;
    for (const admin::Api::Route& route : admin::Api::routes()) {
        const std::string name = std::string{route.method} + " " + std::string{route.path};
        BOOST_TEST(there.insert(name).second, name + " stands there twice");
        const json::object* described = operation(route.method, route.path);
        BOOST_TEST((described != nullptr), name + " is not in docs/openapi.json");
        if (described == nullptr)
            continue;
        BOOST_TEST(!described->at("summary").as_string().empty());
        BOOST_TEST(described->at("responses").as_object().contains("200"));
        const json::value* security = described->if_contains("security");
        BOOST_TEST((security != nullptr) == route.is(admin::Api::Route::open),
                   name << ": who may ask for it");
        bool takes_id = false;
        if (const json::value* parameters = described->if_contains("parameters"))
            for (const json::value& one : parameters->as_array())
                takes_id = takes_id || one.at("in").as_string() == "path";
        BOOST_TEST(takes_id == (route.path.find('{') != std::string_view::npos), name);
    }
    for (const auto& [path, methods] : openapi().at("paths").as_object())
        for (const auto& [method, described] : methods.as_object())
            BOOST_TEST(there.count((method == "get" ? "GET " : "POST ") + std::string{path}) == 1U,
                       method << " " << path << " is described, and not there");
    check_references(openapi());
}

BOOST_AUTO_TEST_CASE(answers_are_as_they_are_described) {
    Desk desk;
    desk.feed.add("1", "One");
    desk.source("blog").first_run.publish = 5;
    desk.other_feeds["down"].failures.push_back(Failure{Cause::network, "refused"});
    desk.source("down");
    desk.hook("push");
    desk.entry("hourly", schedule::Rule{schedule::Every{1h, {}}}, "tick");
    desk.start();
    desk.time.run_for(2min);
    Held held{desk};
    held.ask("POST", "/v1/posts", "/v1/posts", {},
             R"({"text":"later","key":"k1","at":"2027-01-01T00:00:00Z","visibility":"unlisted",
                 "media":[{"url":"https://a.example/b.png","alt":"b","focus":[0,0.5]}]})");
    BOOST_TEST(held.status == 200);
    held.ask("POST", "/v1/posts", "/v1/posts", {},
             R"({"text":"a","key":"k2","further":["b"],"at":"2027-01-01T00:00:00Z"})");
    BOOST_TEST(held.status == 200);
    held.ask("POST", "/v1/posts", "/v1/posts", {}, R"({"txt":"a"})");
    BOOST_TEST(held.status == 400);
    held.ask("POST", "/v1/posts", "/v1/posts", {},
             R"({"text":"p","key":"k3","at":"2027-01-01T00:00:00Z",
                 "poll":{"options":["a","b"],"expires_in":3600,"multiple":false,"hide_totals":false}})");

    const std::map<std::string, std::vector<std::vector<std::pair<std::string, std::string>>>> queries{
        {"/v1/why",
         {{{"about", "1"}},
          {{"about", "account:news"}},
          {{"about", "source:blog"}},
          {{"about", "entry:hourly"}}}},
        {"/v1/outbox", {{}, {{"state", "published"}}, {{"state", "wrong"}}}},
        {"/v1/undo", {{{"since", "1h"}}}}};
    for (const admin::Api::Route& route : admin::Api::routes()) {
        if (route.method != "GET")
            continue;
        const std::string name{route.path};
        std::vector<std::string> paths{name};
        if (const auto at = name.find("{id}"); at != std::string::npos) {
            paths.clear();
            for (const std::string id : {"1", "2", "3", "4", "5", "99"})
                paths.push_back(name.substr(0, at) + id + name.substr(at + 4));
        }
        for (std::string& path : paths) {
            put_in(path, "{n}", "1");
            put_in(path, "{name}", "blog");
        }
        const auto found = queries.find(name);
        for (const std::string& path : paths)
            for (const auto& query : found == queries.end()
                                         ? std::vector(1, std::vector<std::pair<std::string, std::string>>{})
                                         : found->second)
                held.ask("GET", name, path, query);
    }

    held.ask("POST", "/v1/compose", "/v1/compose", {}, R"({"account":"news","text":"a"})");
    BOOST_TEST(held.status == 200);
    held.ask("POST", "/v1/media", "/v1/media", {{"name", "a.txt"}}, "no picture");
    BOOST_TEST(held.status == 400);

    for (const std::string verb : {"hold", "release", "approve", "retry", "edit", "reschedule", "keep", "pin",
                                   "unpin", "delete", "cancel"})
        for (const std::string id : {"1", "2"}) {
            const std::string body = verb == "edit"         ? R"({"text":"other"})"
                                     : verb == "reschedule" ? R"({"at":"2h"})"
                                                            : "";
            held.ask("POST", "/v1/outbox/{id}/" + verb, "/v1/outbox/" + id + "/" + verb, {}, body);
        }
    for (const std::string verb : {"hold", "release", "approve", "retry", "keep", "delete", "cancel"})
        held.ask("POST", "/v1/outbox/" + verb, "/v1/outbox/" + verb, {{"account", "news"}});
    held.ask("GET", "/v1/outbox/{id}", "/v1/outbox/1");
    held.ask("POST", "/v1/undo", "/v1/undo", {}, R"({"since":"1h","origin":"source:blog"})");
    held.ask("POST", "/v1/adopt", "/v1/adopt", {},
             R"({"account":"news","links":[{"link":"https://a.example/"}]})");
    held.ask("POST", "/v1/pause", "/v1/pause", {}, R"({"target":"news","for":"2h"})");
    BOOST_TEST(held.status == 200);
    held.ask("GET", "/v1/status", "/v1/status");
    held.ask("POST", "/v1/resume", "/v1/resume", {}, R"({"target":"news"})");
    BOOST_TEST(held.status == 200);
    held.ask("POST", "/v1/session", "/v1/session");
    held.ask("POST", "/v1/session/end", "/v1/session/end");
    for (const admin::Api::Route& route : admin::Api::routes())
        BOOST_TEST(held.asked.count(std::string{route.path}) == 1U, route.path << " was not looked at");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_by_a_schema_is_found) {
    const json::object document =
        json::parse(R"({"a":{"type":"object","properties":{"n":{"type":"integer","minimum":1},
        "t":{"type":["string","null"],"format":"date-time"}},"required":["n"]}})")
            .as_object();
    const json::object schema = json::parse(R"({"$ref":"#/a"})").as_object();
    const auto first = [&](const std::string& text) {
        const auto faults = faults_by_schema(json::parse(text), schema, document);
        return faults.empty() ? std::string{} : faults.front();
    };
    BOOST_TEST(first(R"({"n":1,"t":"2026-11-24T12:00:00Z"})") == "");
    BOOST_TEST(first(R"({"n":1,"t":null})") == "");
    BOOST_TEST(first("{}") == "$.n is missing");
    BOOST_TEST(first("[]") == "$ is [], and not \"object\"");
    BOOST_TEST(first(R"({"n":0})") == "$.n is too small");
    BOOST_TEST(first(R"({"n":"1"})") == "$.n is \"1\", and not \"integer\"");
    BOOST_TEST(first(R"({"n":1,"t":"noon"})") == "$.t is no date-time");
    BOOST_TEST(first(R"({"n":1,"x":1})") == "$.x is not described");
    const json::object odd = json::parse(R"({"pattern":"x"})").as_object();
    BOOST_TEST(faults_by_schema(1, odd, document).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
