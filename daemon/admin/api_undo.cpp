#include "admin/answers.hpp"
#include "admin/api.hpp"
#include "admin/fields.hpp"
#include "admin/json.hpp"
#include "admin/order_json.hpp"
#include "admin/routes.hpp"
#include "admin/undo_json.hpp"

#include <utility>

/// What is asked of posts that are published.
namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// It has none: a field would be one that is misunderstood.
Result<> no_fields(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        return body.error();
    return Fields{*body}.done();
}

} // namespace

asio::awaitable<LocalResponse> Api::would_undo(const LocalRequest& request) {
    Result<engine::UndoOrder> order = undo_from_parameters(request.query, clock_.now());
    if (!order)
        co_return refuse(order.error());
    const Instant since = order->since;
    const Result<engine::Undone> undone = co_await engine_.would_undo(std::move(*order));
    if (!undone)
        co_return refuse(undone.error());
    json::object object = to_json(*undone);
    object["since"] = to_rfc3339(since);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::undo(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    Result<engine::UndoOrder> order = undo_from_json(*body, clock_.now());
    if (!order)
        co_return refuse(order.error());
    const Instant since = order->since;
    const Result<engine::Undone> undone = co_await engine_.undo(std::move(*order));
    if (!undone)
        co_return refuse(undone.error());
    json::object object = to_json(*undone);
    object["since"] = to_rfc3339(since);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::remove(const LocalRequest& request) {
    if (const Result<> bare = no_fields(request); !bare)
        co_return refuse(bare.error());
    const Result<engine::Undone> undone = co_await engine_.remove(post_in(request.path));
    co_return undone ? ok(to_json(*undone)) : refuse(undone.error());
}

asio::awaitable<LocalResponse> Api::act_on_published(const LocalRequest& request) {
    if (const Result<> bare = no_fields(request); !bare)
        co_return refuse(bare.error());
    const auto action = engine::parse_published_action(verb_of(request.path));
    const Result<Post> post = co_await engine_.act_on_published(post_in(request.path), action.value());
    co_return post ? ok(to_json(*post)) : refuse(post.error());
}

asio::awaitable<LocalResponse> Api::remove_all(const LocalRequest& request) {
    if (const Result<> bare = no_fields(request); !bare)
        co_return refuse(bare.error());
    Result<PostQuery> query = co_await of_known_names(filter_from_parameters(request.query, clock_.now()));
    if (!query)
        co_return refuse(query.error());
    const Result<engine::Undone> undone = co_await engine_.remove_all(std::move(*query));
    co_return undone ? ok(to_json(*undone)) : refuse(undone.error());
}

asio::awaitable<LocalResponse> Api::keep_all(const LocalRequest& request) {
    if (const Result<> bare = no_fields(request); !bare)
        co_return refuse(bare.error());
    Result<PostQuery> query = co_await of_known_names(filter_from_parameters(request.query, clock_.now()));
    if (!query)
        co_return refuse(query.error());
    const Result<std::size_t> kept = co_await engine_.keep_all(std::move(*query));
    if (!kept)
        co_return refuse(kept.error());
    json::object object;
    object["kept"] = *kept;
    co_return ok(object);
}

} // namespace crier::admin
