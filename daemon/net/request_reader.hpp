#pragma once

#include "net/guests.hpp"
#include "net/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <optional>

/// Reads what a server is asked. Thread: the executor's.
namespace crier::net {

/// A request as far as it was read.
struct Incoming {
    boost::beast::http::request_parser<boost::beast::http::string_body> parser;
    bool head_seen = false;
    std::optional<LocalResponse> refused; ///< by its head alone
    std::shared_ptr<void> hold;           ///< as BodyRoom has it

    /// All but the body.
    [[nodiscard]] LocalRequest head() const;
    /// The whole of it, once; for one that is done.
    [[nodiscard]] LocalRequest take();
};

/// The next request, whole, or as much as is needed to refuse it: by `incoming.refused`, or by an error for
/// which refusal_of() has an answer. Any other error: there is nobody to answer to.
[[nodiscard]] boost::asio::awaitable<boost::system::error_code>
read_request(const boost::asio::any_io_executor& executor, const ServerLimits& limits, const HeadCheck& check,
             Guest& guest, Incoming& incoming);

/// What a request is answered with that does not get as far as the handler; nothing when nobody is there.
[[nodiscard]] std::optional<LocalResponse> refusal_of(const boost::system::error_code& error);

} // namespace crier::net
