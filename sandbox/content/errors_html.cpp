#include "sandbox/content/errors_html.hpp"

#include <string_view>

namespace crier::sandbox {
namespace {

std::string_view meaning(int status) {
    switch (status) {
    case 404:
        return "Not Found";
    case 413:
        return "Request Entity Too Large";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Temporarily Unavailable";
    case 504:
        return "Gateway Time-out";
    default:
        return "Error";
    }
}

} // namespace

std::string error_page(int status) {
    const std::string title = std::to_string(status) + " " + std::string(meaning(status));
    return "<!doctype html>\r\n<html>\r\n<head><meta charset=\"utf-8\"><title>" + title +
           "</title></head>\r\n<body>\r\n<h1 style=\"text-align:center\">" + title +
           "</h1>\r\n<hr>\r\n<p style=\"text-align:center\">sandbox proxy</p>\r\n</body>\r\n</html>\r\n";
}

} // namespace crier::sandbox
