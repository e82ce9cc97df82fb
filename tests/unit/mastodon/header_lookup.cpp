#include "ports/http_client.hpp"

#include <boost/algorithm/string/predicate.hpp>

// The one function of that port with a body, which net/ has for the daemon: here without sockets and TLS.
std::string_view crier::HttpResponse::header(std::string_view name) const noexcept {
    for (const auto& [field, value] : headers)
        if (boost::algorithm::iequals(field, name))
            return value;
    return {};
}
