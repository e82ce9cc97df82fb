#include "admin/api.hpp"

#include "admin/json.hpp"
#include "admin/order_json.hpp"
#include "engine/status.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>
#include <utility>

namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

LocalResponse ok(const json::object& object) {
    return LocalResponse{200, json::serialize(object)};
}

LocalResponse refuse(const Failure& failure) {
    int status = 500;
    if (failure.cause == Cause::usage)
        status = 400;
    else if (failure.cause == Cause::not_found)
        status = 404;
    else if (failure.cause == Cause::conflict)
        status = 409;
    else if (failure.cause == Cause::temporary)
        status = 503;
    return LocalResponse{status, json::serialize(to_json(failure))};
}

Result<json::object> body_of(const LocalRequest& request) {
    if (request.body.empty())
        return json::object{};
    boost::system::error_code error;
    json::value value = json::parse(request.body, error);
    if (error || !value.is_object())
        return Failure{Cause::usage, "the body must be a JSON object"};
    return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::optional<PostId> number(std::string_view text) {
    PostId id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || id <= 0)
        return std::nullopt;
    return id;
}

LocalResponse nothing_there(const LocalRequest& request) {
    return refuse(Failure{Cause::not_found, "there is nothing at " + request.method + " " + request.path});
}

} // namespace

asio::awaitable<LocalResponse> Api::handle(LocalRequest request) {
    const std::string_view path = request.path;
    const bool get = request.method == "GET";
    const bool post_method = request.method == "POST";
    if (get && path == "/v1/status")
        co_return co_await status();
    if (get && path == "/v1/outbox")
        co_return co_await outbox(request);
    if (get && path == "/v1/next")
        co_return co_await next(request);
    if (post_method && path == "/v1/posts")
        co_return co_await post(request);
    if (post_method && path == "/v1/pause")
        co_return co_await pause(request);
    if (post_method && path == "/v1/resume")
        co_return co_await resume(request);
    constexpr std::string_view one = "/v1/outbox/";
    if (path.substr(0, one.size()) == one) {
        const std::string_view rest = path.substr(one.size());
        const auto slash = rest.find('/');
        if (const auto id = number(rest.substr(0, slash))) {
            if (get && slash == std::string_view::npos)
                co_return co_await outbox_one(*id);
            if (post_method && slash != std::string_view::npos)
                co_return co_await act(*id, rest.substr(slash + 1), request);
        }
    }
    co_return nothing_there(request);
}

asio::awaitable<LocalResponse> Api::status() {
    Result<engine::Status> status = co_await engine::status_of(engine_);
    if (status)
        status->running = running_;
    co_return status ? ok(to_json(*status)) : refuse(status.error());
}

asio::awaitable<LocalResponse> Api::outbox(const LocalRequest& request) {
    Result<PostQuery> query = query_from_parameters(request.query, clock_.now());
    if (!query)
        co_return refuse(query.error());
    const Result<std::vector<Post>> posts = co_await engine_.store().find(std::move(*query));
    if (!posts)
        co_return refuse(posts.error());
    json::array list;
    for (const Post& post : *posts)
        list.push_back(to_json(post));
    json::object object;
    object["posts"] = std::move(list);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::outbox_one(PostId id) {
    PostQuery query;
    query.id = id;
    const Result<std::vector<Post>> posts = co_await engine_.store().find(std::move(query));
    if (!posts)
        co_return refuse(posts.error());
    if (posts->empty())
        co_return refuse(Failure{Cause::not_found, "there is no post " + std::to_string(id)});
    const Result<std::vector<Attempt>> attempts = co_await engine_.store().attempts(id);
    if (!attempts)
        co_return refuse(attempts.error());
    json::object object = to_json(posts->front());
    json::array list;
    for (const Attempt& attempt : *attempts)
        list.push_back(to_json(attempt));
    object["tries"] = std::move(list);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::act(PostId id, std::string_view name, const LocalRequest& request) {
    const auto action = engine::parse_outbox_action(name);
    if (!action)
        co_return nothing_there(request);
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    const json::value* anyway = body->if_contains("anyway");
    const bool sure = anyway != nullptr && anyway->is_bool() && anyway->get_bool();
    const Result<Post> post = co_await engine_.act(id, *action, sure);
    co_return post ? ok(to_json(*post)) : refuse(post.error());
}

asio::awaitable<LocalResponse> Api::post(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::PostOrder> order = order_from_json(*body);
    if (!order)
        co_return refuse(order.error());
    const Result<engine::Accepted> accepted = co_await engine_.post(std::move(*order));
    if (!accepted)
        co_return refuse(accepted.error());
    json::object object;
    object["id"] = accepted->id;
    object["state"] = std::string{to_text(accepted->state)};
    object["known"] = accepted->known;
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::next(const LocalRequest& request) {
    std::size_t count = 10;
    for (const auto& [name, value] : request.query)
        if (name == "n")
            if (const auto n = number(value); n && *n <= 1000)
                count = static_cast<std::size_t>(*n);
    json::array list;
    for (const engine::Upcoming& upcoming : engine_.upcoming(count))
        list.push_back(to_json(upcoming));
    json::object object;
    object["next"] = std::move(list);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::pause(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::Target> target = engine::Target::parse(text_of(*body, "target"), engine_.settings());
    if (!target)
        co_return refuse(target.error());
    std::optional<Duration> length;
    if (const std::string text = text_of(*body, "for"); !text.empty()) {
        length = parse_duration(text);
        if (!length)
            co_return refuse(Failure{Cause::usage, "`for` must be a duration such as 2h"});
    }
    const Result<> done = co_await engine_.pause(std::move(*target), length, text_of(*body, "why"));
    if (!done)
        co_return refuse(done.error());
    json::array in_flight;
    for (const engine::LaneView& lane : engine_.lanes())
        if (lane.at_work && lane.state.paused)
            in_flight.push_back(json::value(*lane.at_work));
    json::object object;
    object["paused"] = true;
    object["in_flight"] = std::move(in_flight);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::resume(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::Target> target = engine::Target::parse(text_of(*body, "target"), engine_.settings());
    if (!target)
        co_return refuse(target.error());
    const Result<> done = co_await engine_.resume(std::move(*target));
    if (!done)
        co_return refuse(done.error());
    json::object object;
    object["paused"] = false;
    co_return ok(object);
}

} // namespace crier::admin
