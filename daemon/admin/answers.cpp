#include "admin/answers.hpp"

#include "admin/body_check.hpp"
#include "admin/json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace crier::admin {

namespace json = boost::json;

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
    if (const Result<> good = check_json(request.body); !good)
        return good.error();
    boost::system::error_code error;
    json::value value = json::parse(request.body, error);
    if (error || !value.is_object())
        return Failure{Cause::usage, "the body must be a JSON object"};
    return std::move(value.get_object());
}

LocalResponse wrong_method(const LocalRequest& request, std::string_view right) {
    LocalResponse answer = refuse(Failure{Cause::usage, request.path + " does not take " + request.method,
                                          "ask with " + std::string{right}});
    answer.status = 405;
    return answer;
}

} // namespace crier::admin
