# docker build -t weir . && docker run -p 127.0.0.1:8080:8080 -v weir-data:/data weir
#
# The first administrator's password: give it as WEIR_ADMIN_PASSWORD, or read it once and delete it:
#   docker exec CONTAINER sh -c 'cat /data/first-sign-in.txt && rm /data/first-sign-in.txt'

FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -B -q dependency:go-offline || true
COPY . .
RUN mvn -B -q -DskipTests package
# Unpacked once here instead of at each start.
RUN java -jar target/server/payara-micro.jar --rootDir /server --outputLauncher

FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 weir \
    && useradd --system --uid 10001 --gid weir --home-dir /data --shell /usr/sbin/nologin weir \
    && install -d -o weir -g weir -m 0700 /data
COPY --from=build /server /opt/weir/server
COPY --from=build /build/target/weir.war /opt/weir/
COPY deploy/before-start deploy/container-start /opt/weir/
USER weir
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENV WEIR_DATA_DIR=/data
# 401 is an answer too: nobody is signed in. No curl in the image, so bash asks.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /api/session HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* || $line == *' 401 '* ]]"]
# WEIR_JAVA_OPTS takes options for the JVM. The log goes to the console.
CMD ["/opt/weir/container-start"]
