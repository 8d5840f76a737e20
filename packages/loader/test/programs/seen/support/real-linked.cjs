exports.name = () => __filename
