#include "plugin/self_source.hpp"

#include "plugin/cursor.hpp"
#include "plugin/document.hpp"

namespace crier::plugin {

boost::asio::awaitable<Result<SourceYield>> SelfSource::poll(std::string cursor) {
    Document document;
    document.place = object_;
    document.material.now = clock_.now();
    (void)take_up(document, cursor, object_); // it knows by itself what is new
    co_return alone(co_await read_document(reader_, std::move(document), {}, Files::absolute));
}

} // namespace crier::plugin
