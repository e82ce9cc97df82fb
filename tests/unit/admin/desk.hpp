#pragma once

#include "admin/api.hpp"
#include "support/engine_harness.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::test {

/// What the local interface said.
struct Said {
    int status = 0;
    boost::json::object body;

    [[nodiscard]] std::string text(std::string_view name) const {
        return std::string{body.at({name.data(), name.size()}).as_string()};
    }
    [[nodiscard]] std::int64_t number(std::string_view name) const {
        return body.at({name.data(), name.size()}).as_int64();
    }
    [[nodiscard]] const boost::json::array& list(std::string_view name) const {
        return body.at({name.data(), name.size()}).as_array();
    }
};

/// The local interface over an engine in virtual time.
class Desk : public Harness {
public:
    Said ask(std::string method, std::string path,
             std::vector<std::pair<std::string, std::string>> query = {}, std::string body = {}) {
        LocalRequest request;
        request.method = std::move(method);
        request.path = std::move(path);
        request.query = std::move(query);
        request.body = std::move(body);
        admin::Api api{*engine, time, true};
        std::optional<LocalResponse> answer;
        boost::asio::co_spawn(context, api.handle(std::move(request)),
                              [&](std::exception_ptr error, LocalResponse response) {
                                  BOOST_REQUIRE(!error);
                                  answer = std::move(response);
                              });
        time.run_while([&] { return !answer; });
        Said said;
        said.status = answer->status;
        said.body = boost::json::parse(answer->body).as_object();
        return said;
    }
    Said get(std::string path, std::vector<std::pair<std::string, std::string>> query = {}) {
        return ask("GET", std::move(path), std::move(query));
    }
    Said post_to(std::string path, std::string body = {}) {
        return ask("POST", std::move(path), {}, std::move(body));
    }
};

/// The names of an object's fields, in order: the shape that scripts rely on.
inline std::string fields_of(const boost::json::object& object) {
    std::string names;
    for (const auto& field : object)
        names += (names.empty() ? "" : " ") + std::string{field.key()};
    return names;
}

} // namespace crier::test
